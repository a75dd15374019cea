//! What becomes of earlier comments when a new one is written.

use std::time::Duration;

use super::http::Failure;
use super::marker::Marker;
use crate::model::Problem;

/// How often a comment is written anew when it is not known whether it arrived.
const TRIES: usize = 4;

/// What becomes of earlier comments with the same tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behavior {
    /// The newest is written over.
    Update,
    /// They stay, and one more is written.
    New,
    /// They are deleted.
    DeleteAndNew,
    /// They are hidden as outdated.
    HideAndNew,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Posted {
    /// A comment was written.
    Created,
    /// One was changed.
    Updated,
    /// One says the same already.
    Unchanged,
    /// A newer run has written already.
    Outdated,
}

/// A comment as a forge has it.
#[derive(Clone, Debug)]
pub(super) struct Comment {
    pub(super) id: u64,
    /// What hiding asks for; empty where a forge knows no hiding.
    pub(super) node: String,
    pub(super) body: String,
    /// Whether it may be of lepton's own making: anybody can copy a marker.
    pub(super) is_own: bool,
}

/// Where comments are kept.
pub(super) trait Forge {
    /// All comments, oldest first.
    async fn list(&self) -> Result<Vec<Comment>, Problem>;
    /// Writes one, once: a failure may leave it open whether it arrived.
    async fn create(&self, body: &str) -> Result<u64, Failure>;
    /// Changes one; false if it is gone.
    async fn update(&self, id: u64, body: &str) -> Result<bool, Problem>;
    /// Deletes one, or finds it gone.
    async fn delete(&self, id: u64) -> Result<(), Problem>;
    /// Hides one as outdated.
    async fn hide(&self, comment: &Comment) -> Result<(), Problem>;
    /// What a refusal means.
    fn explain(&self, failure: Failure) -> Problem;
}

/// A forge that [`post`] writes to.
#[allow(private_bounds)]
pub trait Commented: Forge {}

impl<F: Forge> Commented for F {}

/// Writes a comment. `body` is without its marker. With `only_update` nothing is written where nothing stands yet.
pub async fn post(
    forge: &impl Commented,
    marker: &Marker,
    body: &str,
    behavior: Behavior,
    only_update: bool,
) -> Result<Option<Posted>, Problem> {
    let earlier = own(forge, &marker.tag).await?;
    let text = marker.sign(body);
    match behavior {
        Behavior::Update => {
            let Some((comment, found)) = earlier.last() else {
                return if only_update { Ok(None) } else { create(forge, marker, &text, true).await.map(Some) };
            };
            if found.valid_at > marker.valid_at {
                return Ok(Some(Posted::Outdated));
            }
            let is_same = Marker::read(&comment.body).is_some_and(|(_, old)| old.trim_end() == body.trim_end());
            if is_same && earlier.len() == 1 {
                return Ok(Some(Posted::Unchanged));
            }
            if is_same || forge.update(comment.id, &text).await? {
                settle(forge, marker, &text).await?;
                return Ok(Some(if is_same { Posted::Unchanged } else { Posted::Updated }));
            }
            // It was deleted in between.
            create(forge, marker, &text, true).await.map(Some)
        }
        _ if only_update && earlier.is_empty() => Ok(None),
        Behavior::New => create(forge, marker, &text, false).await.map(Some),
        Behavior::DeleteAndNew => {
            for (comment, _) in &earlier {
                forge.delete(comment.id).await?;
            }
            create(forge, marker, &text, true).await.map(Some)
        }
        Behavior::HideAndNew => {
            for (comment, _) in &earlier {
                forge.hide(comment).await?;
            }
            create(forge, marker, &text, false).await.map(Some)
        }
    }
}

/// lepton's comments with a tag, oldest first.
async fn own(forge: &impl Forge, tag: &str) -> Result<Vec<(Comment, Marker)>, Problem> {
    let mut own: Vec<(Comment, Marker)> = forge
        .list()
        .await?
        .into_iter()
        .filter(|comment| comment.is_own)
        .filter_map(|comment| {
            let marker = Marker::read(&comment.body)?.0;
            (marker.tag == tag).then_some((comment, marker))
        })
        .collect();
    own.sort_by_key(|(comment, _)| comment.id);
    Ok(own)
}

/// Writes a comment, however often the connection is cut, and once only.
async fn create(forge: &impl Forge, marker: &Marker, text: &str, is_single: bool) -> Result<Posted, Problem> {
    let mut pause = Duration::from_millis(500);
    for left in (0..TRIES).rev() {
        match forge.create(text).await {
            Ok(_) => break,
            Err(failure @ (Failure::Refused(_) | Failure::Limited(_))) => return Err(forge.explain(failure)),
            Err(failure) => {
                tokio::time::sleep(pause).await;
                pause *= 2;
                // It may have arrived although no answer came back.
                if own(forge, &marker.tag).await?.iter().any(|(_, found)| found.run == marker.run) {
                    break;
                }
                if left == 0 {
                    return Err(forge.explain(failure));
                }
            }
        }
    }
    if is_single {
        settle(forge, marker, text).await?;
    }
    Ok(Posted::Created)
}

/// Leaves one comment, the oldest, with the newest text. Runs at once all come to the same end.
async fn settle(forge: &impl Forge, marker: &Marker, text: &str) -> Result<(), Problem> {
    let found = own(forge, &marker.tag).await?;
    let [(first, theirs), rest @ ..] = found.as_slice() else { return Ok(()) };
    if rest.is_empty() {
        return Ok(());
    }
    let newest = found.iter().map(|(_, marker)| (&marker.valid_at, &marker.run)).max();
    let is_newest = newest == Some((&marker.valid_at, &marker.run));
    if is_newest && theirs.run != marker.run {
        forge.update(first.id, text).await?;
    }
    for (comment, other) in rest {
        // The newer text of another run is that run's to move.
        if other.run == marker.run || (&other.valid_at, &other.run) < (&marker.valid_at, &marker.run) {
            forge.delete(comment.id).await?;
        }
    }
    Ok(())
}
