//! What a move loses beside money, said aloud.

use std::fmt;

use crate::config::LossLevel;

/// Something that is not the same at an offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// Its permanent code.
    pub code: Code,
    /// What it means here.
    pub text: String,
    /// How bad it is.
    pub level: LossLevel,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $word:literal,)+) => {
        /// The permanent codes of losses.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[$doc])* $name,)+
        }

        impl Code {
            /// As it is written in outputs.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)+
                }
            }

            /// The code of a word, such as one that the catalog names.
            pub(super) fn of(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$name),)+
                    _ => None,
                }
            }
        }
    };
}

codes! {
    /// Another instruction set: images must be built for it.
    ArchChange = "arch-change",
    /// A vCPU is a whole core on one side and a thread on the other.
    SmtChange = "smt-change",
    /// Measured slower.
    PerfLower = "perf-lower",
    /// Nobody measured both by one metric.
    PerfUnknown = "perf-unknown",
    /// It lives on a share of its vCPUs.
    Burstable = "burstable",
    /// Its cores are sold to others too.
    SharedCores = "shared-cores",
    /// Disks inside the machine are gone.
    LocalDiskLost = "local-disk-lost",
    /// Fewer operations a second.
    IopsLower = "iops-lower",
    /// An older version of the engine at most.
    EngineVersionLower = "engine-version-lower",
    /// Extensions and rights of a managed service differ.
    ExtensionMissing = "extension-missing",
    /// Fewer standbys or zones.
    HaWeaker = "ha-weaker",
    /// A weaker promise of availability.
    SlaLower = "sla-lower",
    /// Another licence.
    LicenceChange = "licence-change",
    /// The interface differs: the workload must be rewritten.
    ApiRewrite = "api-rewrite",
    /// Instance profiles, managed identities and their bindings are made anew.
    IdentityRewrite = "identity-rewrite",
    /// Farther from where it was.
    RegionFurther = "region-further",
    /// A company of another country operates it.
    OperatorChange = "operator-change",
    /// The price is old.
    PriceOld = "price-old",
    /// The price is another region's.
    PriceFallback = "price-fallback",
}

impl Loss {
    pub(super) fn new(code: Code, level: LossLevel, text: impl Into<String>) -> Self {
        Self { code, text: text.into(), level }
    }
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code.as_str(), self.text)
    }
}

/// The worst level of some losses.
pub(super) fn worst(losses: &[Loss]) -> Option<LossLevel> {
    losses.iter().map(|loss| loss.level).max()
}

/// How bad a level is, for the solver; nothing lost is 0.
pub(super) fn rank(losses: &[Loss]) -> u8 {
    match worst(losses) {
        None => 0,
        Some(LossLevel::Note) => 1,
        Some(LossLevel::Review) => 2,
        Some(LossLevel::Block) => 3,
    }
}
