//! Lists in pages: how the next page is asked for, and streams of pages and of items.
//!
//! In: a call of a list operation and its paging rule. Out: streams that make one request at a time, when they are
//! polled. What is an item is known to the emitted [`Page`] impl alone.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::call::{Call, CallFuture};
use super::error::{Error, Result};
use super::failure::Failure;
use super::parameter::percent_encode;
use super::request::Prepared;

/// One page of a list.
pub trait Page: Sized {
    /// What the list holds.
    type Item;

    /// How many items are on this page.
    fn len(&self) -> usize;

    /// Whether this page holds nothing.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many items the whole list has, if the page tells.
    fn total(&self) -> Option<u64> {
        None
    }

    /// What the page gives to ask for the next one, for [`CursorPaging`]; none on the last page.
    fn cursor(&self) -> Option<&str> {
        None
    }

    /// The items.
    fn into_items(self) -> Vec<Self::Item>;
}

/// Pages by number of items to skip. The list ends at its total, where the pages tell it, else with an empty page: a
/// short page is no end, since servers cap a limit that is too high.
#[derive(Debug, Clone, Copy)]
pub struct OffsetPaging {
    /// The query parameter with the number of items to skip.
    pub offset: &'static str,
    /// The query parameter with the most items on a page; kept as the caller set it.
    pub limit: &'static str,
}

/// Pages by their number. The list ends at its total, where the pages tell it, else with an empty page.
#[derive(Debug, Clone, Copy)]
pub struct NumberPaging {
    /// The query parameter with the page's number.
    pub page: &'static str,
    /// The number of the first page: 0 or 1.
    pub first: u64,
}

/// Pages by a text that each page gives for the next. The list ends with a page that gives none.
#[derive(Debug, Clone, Copy)]
pub struct CursorPaging {
    /// The query parameter with that text.
    pub cursor: &'static str,
}

/// How the next page of a list is asked for.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Paging {
    /// By number of items to skip.
    Offset(OffsetPaging),
    /// By number of the page.
    Number(NumberPaging),
    /// By a text that each page gives.
    Cursor(CursorPaging),
}

impl From<OffsetPaging> for Paging {
    fn from(paging: OffsetPaging) -> Self {
        Self::Offset(paging)
    }
}

impl From<NumberPaging> for Paging {
    fn from(paging: NumberPaging) -> Self {
        Self::Number(paging)
    }
}

impl From<CursorPaging> for Paging {
    fn from(paging: CursorPaging) -> Self {
        Self::Cursor(paging)
    }
}

/// Where in a list the next request begins. Independent of the item's type.
#[derive(Debug)]
struct Position {
    paging: Paging,
    /// The offset or the page's number of the last request.
    at: u64,
    /// Items seen so far, counted from where the caller began.
    seen: u64,
    /// Whether the list is read from its beginning, so that its total tells its end.
    from_start: bool,
    cursor: Option<String>,
}

impl Position {
    fn new(paging: Paging, request: &Prepared) -> Self {
        let number = |name: &str| request.query_text(name).and_then(|text| text.parse().ok());
        let at = match &paging {
            Paging::Offset(rule) => number(rule.offset).unwrap_or(0),
            Paging::Number(rule) => number(rule.page).unwrap_or(rule.first),
            Paging::Cursor(_) => 0,
        };
        let from_start = !matches!(&paging, Paging::Number(rule) if at != rule.first);
        Self {
            paging,
            at,
            seen: 0,
            from_start,
            cursor: None,
        }
    }

    /// Sets the next page's parameter; false after the last page.
    fn advance(
        &mut self,
        request: &mut Prepared,
        len: usize,
        total: Option<u64>,
        cursor: Option<&str>,
    ) -> Result<bool> {
        let len = len as u64;
        self.seen += len;
        match &self.paging {
            Paging::Offset(rule) => {
                self.at += len;
                if len == 0 || total.is_some_and(|total| self.at >= total) {
                    return Ok(false);
                }
                request.query(rule.offset, &self.at);
            }
            Paging::Number(rule) => {
                if len == 0 || (self.from_start && total.is_some_and(|total| self.seen >= total)) {
                    return Ok(false);
                }
                self.at += 1;
                request.query(rule.page, &self.at);
            }
            Paging::Cursor(rule) => {
                let Some(cursor) = cursor.filter(|cursor| !cursor.is_empty()) else {
                    return Ok(false);
                };
                if self.cursor.as_deref() == Some(cursor) {
                    let told =
                        "the list does not end: two pages give the same text for the next one";
                    return Err(Error::Decode(Box::new(Failure::new(told))));
                }
                self.cursor = Some(cursor.to_owned());
                request.query(rule.cursor, &cursor);
            }
        }
        Ok(true)
    }
}

/// The pages of a list, one request for each. After an error the stream ends.
#[must_use = "streams send nothing until they are polled"]
pub struct Pages<P> {
    call: Call<P>,
    position: Position,
    pending: Option<CallFuture<P>>,
    first: bool,
    more: bool,
}

impl<P: Page> Pages<P> {
    /// The pages of a list operation, from where the call begins.
    pub fn new(call: Call<P>, paging: impl Into<Paging>) -> Self {
        let position = Position::new(paging.into(), &call.request);
        Self {
            call,
            position,
            pending: None,
            first: true,
            more: true,
        }
    }

    /// The next page; none after the last.
    ///
    /// # Errors
    /// When the request for it fails.
    pub async fn try_next(&mut self) -> Result<Option<P>> {
        poll_fn(|context| self.poll_page(context)).await.transpose()
    }

    fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<P>>> {
        if !self.more {
            return Poll::Ready(None);
        }
        let pending = self
            .pending
            .get_or_insert_with(|| self.call.clone().value());
        let outcome = ready!(Pin::new(pending).poll(context));
        self.pending = None;
        let first = std::mem::replace(&mut self.first, false);
        Poll::Ready(match outcome {
            Ok(page) => {
                match self.position.advance(
                    &mut self.call.request,
                    page.len(),
                    page.total(),
                    page.cursor(),
                ) {
                    Ok(more) => self.more = more,
                    Err(error) => {
                        self.more = false;
                        return Poll::Ready(Some(Err(error)));
                    }
                }
                // The page that only shows that the list has ended is not one of it, unless it is the only one.
                (first || self.more || !page.is_empty()).then_some(Ok(page))
            }
            Err(error) => {
                self.more = false;
                Some(Err(error))
            }
        })
    }
}

impl<P: Page> Stream for Pages<P> {
    type Item = Result<P>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_page(context)
    }
}

impl<P> fmt::Debug for Pages<P> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Pages")
            .field("call", &self.call)
            .field("position", &self.position)
            .finish_non_exhaustive()
    }
}

/// The items of a list, page after page. After an error the stream ends.
#[must_use = "streams send nothing until they are polled"]
pub struct Items<P: Page> {
    pages: Pages<P>,
    current: std::vec::IntoIter<P::Item>,
}

impl<P: Page> Items<P> {
    /// The items of a list operation, from where the call begins.
    pub fn new(call: Call<P>, paging: impl Into<Paging>) -> Self {
        Self {
            pages: Pages::new(call, paging),
            current: Vec::new().into_iter(),
        }
    }

    /// The next item; none after the last.
    ///
    /// # Errors
    /// When the request for its page fails.
    pub async fn try_next(&mut self) -> Result<Option<P::Item>> {
        poll_fn(|context| self.poll_item(context)).await.transpose()
    }

    /// All items that are left, held in memory at once.
    ///
    /// # Errors
    /// When a request for one of the pages fails.
    pub async fn into_vec(mut self) -> Result<Vec<P::Item>> {
        let mut items = Vec::new();
        while let Some(item) = self.try_next().await? {
            items.push(item);
            items.extend(self.current.by_ref());
        }
        Ok(items)
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<P::Item>>> {
        loop {
            if let Some(item) = self.current.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll_page(context)) {
                Some(Ok(page)) => self.current = page.into_items().into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

/// Items are moved out of their page one by one, never pinned.
impl<P: Page> Unpin for Items<P> {}

impl<P: Page> Stream for Items<P> {
    type Item = Result<P::Item>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(context)
    }
}

impl<P: Page> fmt::Debug for Items<P> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Items")
            .field("pages", &self.pages)
            .finish_non_exhaustive()
    }
}

impl Prepared {
    /// The text of a query parameter, as it was before encoding.
    fn query_text(&self, name: &str) -> Option<String> {
        let mut encoded = String::new();
        percent_encode(name, &mut encoded);
        self.query
            .iter()
            .find(|pair| pair.name == encoded)
            .map(|pair| percent_decode(&pair.value))
    }
}

/// Undoes [`percent_encode`]; what is not a valid escape stays as it is.
fn percent_decode(encoded: &str) -> String {
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut rest = encoded.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let escaped = (first == b'%')
            .then(|| after.get(..2))
            .flatten()
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        if let Some(byte) = escaped {
            bytes.push(byte);
            rest = after.get(2..).unwrap_or_default();
        } else {
            bytes.push(first);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
