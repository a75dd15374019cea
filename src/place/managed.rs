//! Managed services that stand for each other: what a resource is, what else could be it, and what a move loses.

use std::str::FromStr;
use std::sync::LazyLock;

use smol_str::SmolStr;

use super::facts::Table;

/// How much of a workload survives a move, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Portability {
    /// The same interface.
    Exact,
    /// The same kind, with things to be done again.
    Adapted,
    /// Another interface: the code changes. Never suggested unless asked for.
    Rewrite,
}

impl FromStr for Portability {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "exact" => Ok(Self::Exact),
            "adapted" => Ok(Self::Adapted),
            "rewrite" => Ok(Self::Rewrite),
            _ => Err(()),
        }
    }
}

/// How much work a move is, least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effort {
    /// Hours.
    Small,
    /// Days.
    Medium,
    /// Weeks.
    Large,
}

impl FromStr for Effort {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "S" => Ok(Self::Small),
            "M" => Ok(Self::Medium),
            "L" => Ok(Self::Large),
            _ => Err(()),
        }
    }
}

/// A Terraform type that is of a concept, perhaps only with certain engines, volume types or machine types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    /// `aws`, `azure`, `google`, `alibaba` or `tencent`.
    pub provider: &'static str,
    /// The type; a `*` at its end stands for anything.
    pub terraform_type: SmolStr,
    /// What it must be; nothing where it need not be anything. A `*` at an end stands for anything.
    pub hints: Vec<SmolStr>,
}

impl Kind {
    fn read(provider: &'static str, text: &str) -> Self {
        let (terraform_type, hints) = text.split_once(':').unwrap_or((text, ""));
        let hints = hints.split('|').filter(|hint| !hint.is_empty()).map(SmolStr::from).collect();
        Self { provider, terraform_type: terraform_type.into(), hints }
    }

    /// Whether a resource is of it: a hint that it has decides, else the type alone.
    fn means(&self, terraform_type: &str, hint: Option<&str>) -> bool {
        let is_hint = || hint.is_some_and(|hint| self.hints.iter().any(|pattern| fits(pattern, hint)));
        fits(&self.terraform_type, terraform_type) && (self.hints.is_empty() || is_hint())
    }
}

/// Services that stand for each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concept {
    /// `vm`, `object`, `rdb-postgresql` …
    pub name: SmolStr,
    /// The types of all providers.
    pub kinds: Vec<Kind>,
    /// What does the same on machines of one's own.
    pub self_hosted: Vec<SmolStr>,
    /// How portable it is.
    pub portability: Portability,
    /// How much work a move is.
    pub effort: Effort,
    /// What an equal must offer.
    pub needs: SmolStr,
    /// What is lost or has to be checked.
    pub lost: SmolStr,
}

impl Concept {
    /// The types of one provider; none where it has no equal.
    pub fn types(&self, provider: &str) -> impl Iterator<Item = &Kind> {
        self.kinds.iter().filter(move |kind| kind.provider == provider)
    }

    /// Whether a provider has an equal.
    pub fn is_at(&self, provider: &str) -> bool {
        self.types(provider).next().is_some()
    }
}

const PROVIDERS: [&str; 5] = ["aws", "azure", "google", "alibaba", "tencent"];

static CONCEPTS: LazyLock<Vec<Concept>> = LazyLock::new(|| {
    let list = |text: &str| text.split("; ").filter(|word| !word.is_empty()).map(SmolStr::from).collect();
    let table = Table::read("managed.csv", include_str!("data/managed.csv"));
    let concept = |line: super::facts::Line<'_>| {
        let kinds = PROVIDERS.into_iter().flat_map(|provider| {
            let types = line.text(provider).split("; ").filter(|text| !text.is_empty());
            types.map(move |text| Kind::read(provider, text))
        });
        Concept {
            name: line.word("concept"),
            kinds: kinds.collect(),
            self_hosted: list(line.text("self_hosted")),
            portability: line.number("portability"),
            effort: line.number("effort"),
            needs: line.word("needs"),
            lost: line.word("lost"),
        }
    };
    table.lines().map(concept).collect()
});

/// Every concept, in the table's order.
pub fn all() -> &'static [Concept] {
    &CONCEPTS
}

/// A concept by its name.
pub fn find(name: &str) -> Option<&'static Concept> {
    CONCEPTS.iter().find(|concept| concept.name == name)
}

/// What a resource is: by its type, and by an engine, a volume type or a machine type where the type is of several.
///
/// A type that asks for a hint wins over one that does not, so `aws_instance` with `p5.48xlarge` is `gpu`; one that
/// needs a hint and has none (a database without an engine) is nothing.
pub fn concept_of(terraform_type: &str, hint: Option<&str>) -> Option<&'static Concept> {
    let with = |hinted: bool| {
        let is_it = move |kind: &Kind| kind.hints.is_empty() != hinted && kind.means(terraform_type, hint);
        CONCEPTS.iter().find(move |concept| concept.kinds.iter().any(is_it))
    };
    with(true).or_else(|| with(false))
}

/// Whether a word is what a pattern says, in any case of its letters.
fn fits(pattern: &str, word: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => word.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start)),
        None => pattern.eq_ignore_ascii_case(word),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn name(terraform_type: &str, hint: &str) -> Option<&'static str> {
        concept_of(terraform_type, (!hint.is_empty()).then_some(hint)).map(|concept| concept.name.as_str())
    }

    #[test]
    fn a_hint_decides_where_a_type_is_of_several() {
        assert_eq!(name("aws_db_instance", "postgres"), Some("rdb-postgresql"));
        assert_eq!(name("aws_db_instance", "mariadb"), Some("rdb-mysql"));
        assert_eq!(name("aws_db_instance", "sqlserver-se"), Some("rdb-sqlserver"));
        assert_eq!(name("aws_db_instance", ""), None);
        assert_eq!(name("google_sql_database_instance", "POSTGRES_16"), Some("rdb-postgresql"));
        assert_eq!(name("aws_rds_cluster", "aurora-postgresql"), Some("rdb-distributed"));
        assert_eq!(name("aws_rds_cluster", "postgres"), Some("rdb-postgresql"));
        assert_eq!(name("aws_ebs_volume", "io2"), Some("block-provisioned-iops"));
        assert_eq!(name("aws_ebs_volume", "gp3"), Some("block-general"));
        assert_eq!(name("aws_ebs_volume", ""), Some("block-general"));
        assert_eq!(name("azurerm_managed_disk", "Standard_LRS"), Some("block-cold"));
        assert_eq!(name("azurerm_managed_disk", "StandardSSD_LRS"), Some("block-general"));
        assert_eq!(name("aws_elasticache_cluster", "memcached"), Some("cache-memcached"));
        assert_eq!(name("aws_lb", "network"), Some("load-balancer-l4"));
        assert_eq!(name("aws_lb", ""), Some("load-balancer-l7"));
    }

    #[test]
    fn a_machine_with_a_gpu_is_another_thing() {
        assert_eq!(name("aws_instance", "m5.large"), Some("vm"));
        assert_eq!(name("aws_instance", "g4dn.xlarge"), Some("gpu"));
        assert_eq!(name("google_compute_instance", "a2-highgpu-1g"), Some("gpu"));
        assert_eq!(name("google_compute_instance", "n2-standard-4"), Some("vm"));
        assert_eq!(name("azurerm_linux_virtual_machine", "Standard_NC24ads_A100_v4"), Some("gpu"));
    }

    #[test]
    fn types_lead_to_equals() {
        let bucket = concept_of("aws_s3_bucket", None).unwrap();
        assert_eq!(
            bucket.types("google").map(|kind| kind.terraform_type.as_str()).collect::<Vec<_>>(),
            ["google_storage_bucket"]
        );
        assert_eq!((bucket.portability, bucket.effort), (Portability::Adapted, Effort::Medium));
        assert!(bucket.lost.contains("S3 API") && bucket.self_hosted.contains(&"minio".into()));
        assert!(!find("rdb-oracle").unwrap().is_at("google"));
        assert_eq!(find("functions").unwrap().portability, Portability::Rewrite);
        assert_eq!(find("cache-redis").unwrap().portability, Portability::Exact);
        assert_eq!(find("block-general").unwrap().portability, Portability::Exact);
        assert!(Portability::Exact < Portability::Adapted && Portability::Adapted < Portability::Rewrite);
        assert_eq!(name("aws_iam_role", ""), Some("free-plumbing"));
        assert_eq!(name("aws_unheard_of", ""), None);
    }

    /// A type and hint must not be of two concepts.
    #[test]
    fn a_kind_is_of_one_concept() {
        let mut seen = BTreeMap::new();
        for (concept, kind) in all().iter().flat_map(|concept| concept.kinds.iter().map(move |kind| (concept, kind))) {
            let hints = if kind.hints.is_empty() { vec![SmolStr::default()] } else { kind.hints.clone() };
            for hint in hints {
                let before = seen.insert((kind.terraform_type.clone(), hint), &concept.name);
                assert!(before.is_none_or(|before| *before == concept.name), "{}", kind.terraform_type);
            }
        }
        assert_eq!(all().len(), 45);
    }
}
