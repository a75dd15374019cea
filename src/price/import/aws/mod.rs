//! AWS: the price list's own words, out of the lists at hand.
//!
//! Keys are usage type, without the prefix of its region, and operation.

mod cloudwatch;
mod derived;
mod ec2;
mod elasticache;
mod golden;
mod lambda;
mod offers;
mod published;
mod rds;
mod regional;
mod s3;
mod sources;

use std::path::Path;

use super::super::{Sheet, SheetError};
use offers::Offers;

/// Reads the AWS tables below `from/aws` and the unit prices below `from/multi`.
pub(super) fn import(from: &Path) -> Result<Vec<Sheet>, SheetError> {
    let aws = from.join("aws");
    let mut offers = Offers::default();
    published::shelve(&mut offers)?;
    ec2::shelve(&mut offers, &aws)?;
    regional::shelve(&mut offers, &aws)?;
    rds::shelve(&mut offers, &aws)?;
    elasticache::shelve(&mut offers, &aws)?;
    s3::shelve(&mut offers, &aws)?;
    lambda::shelve(&mut offers, &aws)?;
    cloudwatch::shelve(&mut offers, &aws)?;
    golden::shelve(&mut offers, &from.join("multi"))?;
    derived::shelve(&mut offers)?;
    Ok(offers.into_sheets())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[ignore = "writes the book from the source tables named by PRICES into BOOK"]
    fn write_book() {
        let from = std::env::var("PRICES").expect("PRICES");
        let to = std::env::var("BOOK").expect("BOOK");
        std::fs::create_dir_all(&to).expect("a folder");
        for sheet in import(Path::new(&from)).expect("sheets") {
            std::fs::write(Path::new(&to).join(sheet.file_name()), sheet.to_csv()).expect("a file");
        }
    }
}
