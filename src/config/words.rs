//! Closed sets of words in blocks, each with its spelling.

/// A closed set of words.
pub(super) trait Word: Sized {
    /// All of them, as they are listed to a reader.
    const WORDS: &'static [&'static str];

    /// The meaning of a word.
    fn of(word: &str) -> Option<Self>;
}

/// The spellings stand once: in the type, in what is read and in what is described.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
        }

        impl $name {
            /// As it is written.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }

        impl Word for $name {
            const WORDS: &'static [&'static str] = &[$($word,)+];

            fn of(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }
    };
}

words! {
    /// The providers that placement knows, by the names of the price book.
    Provider {
        /// Amazon Web Services.
        Aws = "aws",
        /// Microsoft Azure.
        Azure = "azure",
        /// Google Cloud.
        Google = "google",
        /// Alibaba Cloud.
        Alibaba = "alibaba",
        /// Tencent Cloud.
        Tencent = "tencent",
        /// Hetzner Cloud.
        Hetzner = "hetzner",
        /// OVHcloud.
        Ovh = "ovh",
        /// Scaleway.
        Scaleway = "scaleway",
        /// UpCloud.
        UpCloud = "upcloud",
        /// Exoscale.
        Exoscale = "exoscale",
    }
}

words! {
    /// What a move may cost beside money: the worst loss that is still suggested.
    LossLevel {
        /// Worth knowing.
        Note = "note",
        /// To be looked at by somebody who knows the workload.
        Review = "review",
        /// Needs the workload to be changed.
        Block = "block",
    }
}

words! {
    /// By what a machine elsewhere equals the present one.
    Scale {
        /// Its vCPUs are not fewer than today.
        Like = "like",
        /// It does as much work as today, by measured speed.
        Perf = "perf",
    }
}

words! {
    /// The instruction set of a site's machines.
    Arch {
        /// 64-bit x86.
        Amd64 = "amd64",
        /// 64-bit Arm.
        Arm64 = "arm64",
    }
}

words! {
    /// The instruction sets that a workload runs on.
    WorkloadArch {
        /// 64-bit x86 only.
        Amd64 = "amd64",
        /// 64-bit Arm only.
        Arm64 = "arm64",
        /// Both.
        Any = "any",
    }
}

words! {
    /// The way that data takes between two places.
    PathKind {
        /// The public internet, at list prices of egress.
        Internet = "internet",
        /// A tunnel through the internet.
        Vpn = "vpn",
        /// A private line.
        Interconnect = "interconnect",
        /// The internet, at the prices of the provider's parallel-use terms under the EU Data Act.
        DataAct = "data-act",
    }
}

words! {
    /// How long the first byte of object storage may take.
    FirstByte {
        /// Milliseconds.
        Milliseconds = "ms",
        /// Minutes.
        Minutes = "minutes",
        /// Hours.
        Hours = "hours",
    }
}

words! {
    /// By what the worth of a workload's work is measured.
    Metric {
        /// A request served.
        Request = "request",
        /// An hour of a vCPU.
        VcpuHour = "vcpu_hour",
        /// A gigabyte kept for a month.
        GbMonth = "gb_month",
    }
}

words! {
    /// What is committed to.
    CommitmentKind {
        /// Capacity of one kind.
        Reserved = "reserved",
        /// An amount of money an hour.
        SavingsPlan = "savings-plan",
        /// Use of resources, or an amount of money, at a discount.
        CommittedUse = "committed-use",
    }
}

words! {
    /// For how long a commitment is made.
    Term {
        /// A year.
        OneYear = "1y",
        /// Three years.
        ThreeYears = "3y",
    }
}

words! {
    /// How a commitment is paid.
    Payment {
        /// Month by month.
        NoUpfront = "no-upfront",
        /// A part when it begins.
        Partial = "partial",
        /// All when it begins.
        All = "all",
    }
}

impl Payment {
    /// As a sentence says it.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::NoUpfront => "nothing upfront",
            Self::Partial => "a part upfront",
            Self::All => "all upfront",
        }
    }
}

/// Words as a choice: `note, review or block`.
pub(super) fn choice(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [word] => (*word).into(),
        [words @ .., last] => format!("{} or {last}", words.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_mean_what_they_are_written_as() {
        assert_eq!(PathKind::of("data-act").map(PathKind::as_str), Some("data-act"));
        assert_eq!(LossLevel::of("fatal"), None);
        assert!(LossLevel::Note < LossLevel::Review && LossLevel::Review < LossLevel::Block);
        assert_eq!(choice(LossLevel::WORDS), "note, review or block");
        assert_eq!(choice(&["one"]), "one");
    }
}
