//! What the environment says of stores: the variables of each cloud's own tools, and those that Terraform's backends
//! read, under the names that the client knows.

/// Names that mean the same as one that the client knows. What has the client's own name wins.
const ALIASES: [(&str, &str); 13] = [
    ("AZURE_STORAGE_ACCOUNT", "azure_storage_account_name"),
    ("AZURE_STORAGE_KEY", "azure_storage_account_key"),
    ("AZURE_STORAGE_SERVICE_ENDPOINT", "azure_storage_endpoint"),
    ("ARM_ACCESS_KEY", "azure_storage_account_key"),
    ("ARM_SAS_TOKEN", "azure_storage_sas_token"),
    ("ARM_CLIENT_ID", "azure_client_id"),
    ("ARM_CLIENT_SECRET", "azure_client_secret"),
    ("ARM_TENANT_ID", "azure_tenant_id"),
    ("ARM_OIDC_TOKEN_FILE_PATH", "azure_federated_token_file"),
    ("IDENTITY_ENDPOINT", "azure_msi_endpoint"),
    ("GOOGLE_OAUTH_ACCESS_TOKEN", "google_bearer_token"),
    ("CLOUDSDK_AUTH_ACCESS_TOKEN", "google_bearer_token"),
    ("STORAGE_EMULATOR_HOST", "google_base_url"),
];

/// Settings by the client's names; later ones win.
pub(super) type Settings = Vec<(String, String)>;

pub(super) fn s3() -> Settings {
    read("AWS_", std::env::vars_os())
}

pub(super) fn azure() -> Settings {
    read("AZURE_", std::env::vars_os())
}

pub(super) fn google() -> Settings {
    let mut settings = read("GOOGLE_", std::env::vars_os());
    // Terraform's own variable holds either the key or the path of its file.
    let is_said = settings.iter().any(|(name, _)| name.starts_with("google_service_account"));
    if let Ok(given) = std::env::var("GOOGLE_CREDENTIALS")
        && !given.is_empty()
        && !is_said
    {
        let is_key = given.trim_start().starts_with('{');
        let name = if is_key { "google_service_account_key" } else { "google_application_credentials" };
        settings.push((name.to_owned(), given));
    }
    settings
}

/// The value of the last setting of some names.
pub(super) fn last<'s>(settings: &'s Settings, names: &[&str]) -> Option<&'s str> {
    settings.iter().rev().find(|(name, _)| names.contains(&name.as_str())).map(|(_, value)| value.as_str())
}

fn read(prefix: &str, variables: impl Iterator<Item = (std::ffi::OsString, std::ffi::OsString)>) -> Settings {
    let wanted = prefix.to_lowercase();
    let mut aliases = Settings::new();
    let mut own = Settings::new();
    for (name, value) in variables {
        let (Some(name), Some(value)) = (name.to_str(), value.to_str()) else { continue };
        // An empty variable says nothing.
        if value.is_empty() {
            continue;
        }
        for (_, known) in ALIASES.iter().filter(|(alias, known)| *alias == name && known.starts_with(&wanted)) {
            aliases.push(((*known).to_owned(), value.to_owned()));
        }
        if name.starts_with(prefix) {
            own.push((name.to_lowercase(), value.to_owned()));
        }
    }
    aliases.sort();
    own.sort();
    aliases.extend(own);
    aliases
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clients_own_names_win() {
        let variables = [
            ("AZURE_STORAGE_ACCOUNT", "short"),
            ("AZURE_STORAGE_ACCOUNT_NAME", "own"),
            ("ARM_ACCESS_KEY", "key"),
            ("AZURE_STORAGE_SAS_TOKEN", ""),
            ("AWS_REGION", "eu-west-1"),
        ];
        let settings = read("AZURE_", variables.map(|(name, value)| (name.into(), value.into())).into_iter());
        assert_eq!(last(&settings, &["azure_storage_account_name"]), Some("own"));
        assert_eq!(last(&settings, &["azure_storage_account_key"]), Some("key"));
        assert_eq!(last(&settings, &["azure_storage_sas_token"]), None);
        assert!(settings.iter().all(|(name, _)| name.starts_with("azure_")));
    }
}
