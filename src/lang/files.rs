//! The files that functions of modules read, as a host gives them.

/// The files of a configuration.
///
/// A path is relative to the folder that Terraform runs in, or absolute. What is refused says why in words
/// that can stand behind the path's name: the configuration may come from people who must not read all
/// that the host can.
pub trait Files {
    /// The bytes of a regular file, if there are no more than `most`.
    fn read(&self, path: &str, most: u64) -> Result<Vec<u8>, String>;
    /// What stands at a path, links followed; `None` if nothing does.
    fn kind(&self, path: &str) -> Result<Option<FileKind>, String>;
    /// What stands in a folder, by name, links not followed; nothing if there is no such folder.
    fn list(&self, folder: &str) -> Result<Vec<(String, FileKind)>, String>;
    /// The absolute path of the folder that Terraform runs in, with `/` between its parts.
    fn folder(&self) -> &str;
    /// The home folder of the user, if there is one.
    fn home(&self) -> Option<&str>;
}

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link.
    Link,
    /// A device, a pipe or a socket.
    Other,
}
