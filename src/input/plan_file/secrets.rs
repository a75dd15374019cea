//! What is sensitive by its name. A provider's schema says which attributes are, `show -json` asks it, and a plan file
//! holds it for some changes only. Without the schema it is better to hide too much: marked values are priced all the
//! same, they only never print.

/// Words of a name that speak of a secret.
const WORDS: &[&str] = &["password", "passwords", "passwd", "passphrase", "secret", "secrets", "token", "credentials"];

/// Words of a type whose content is one: a secret's value, a parameter's.
const KINDS: &[&str] = &["password", "secret", "sensitive", "token", "credential", "parameter", "key"];

/// What such types call their content.
const CONTENTS: &[&str] = &["value", "data", "binary", "content", "result", "plaintext", "ciphertext", "pem"];

/// Whether an attribute of this name holds a secret.
pub(super) fn is_secret(name: &str) -> bool {
    let mut last = "";
    name.split('_').any(|word| {
        let found = WORDS.contains(&word) || is_pair(last, word);
        last = word;
        found
    })
}

/// Whether two words beside each other speak of a secret.
fn is_pair(first: &str, second: &str) -> bool {
    match second {
        "key" => {
            ["access", "api", "account", "auth", "license", "primary", "private", "secondary", "shared", "signing"]
                .contains(&first)
        }
        "string" => first == "connection",
        "data" => first == "custom",
        "material" | "pem" => first == "key",
        "config" => first == "kube",
        "content" => first == "sensitive",
        "url" => first == "sas",
        _ => false,
    }
}

/// Whether resources of this type are secrets.
pub(super) fn are_secrets(kind: &str) -> bool {
    kind.split('_').any(|word| KINDS.contains(&word))
}

/// Whether an attribute of such a resource is its content.
pub(super) fn is_content(name: &str) -> bool {
    name.split('_').any(|word| CONTENTS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_secrets() {
        for name in ["password", "master_password", "client_secret", "auth_token", "private_key_pem", "kube_config_raw"]
        {
            assert!(is_secret(name), "{name}");
        }
        for name in ["instance_type", "http_tokens", "key_name", "kms_key_id", "primary", "custom", "data", ""] {
            assert!(!is_secret(name), "{name}");
        }
        assert!(are_secrets("aws_ssm_parameter") && is_content("value"));
        assert!(are_secrets("random_password") && is_content("result"));
        assert!(!are_secrets("aws_instance") && !is_content("instance_type"));
    }
}
