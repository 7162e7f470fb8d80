//! Jobs that run on the server: asking for their state until they are done.
//!
//! In: a call that reads a job, and the rule of its states. Out: the finished job, or an error of kind `Job`. A state
//! that the rule does not name keeps waiting, since servers add states.

use std::fmt;
use std::future::IntoFuture;
use std::time::Duration;

use tokio::time::Instant;

use super::answer::Answer;
use super::call::{Call, CallFuture, perform, unreadable};
use super::error::{Error, Result};
use super::failure::Failure;
use super::read::ReadError;
use super::request::Prepared;

/// The rule of a job's states, and how often they are asked for. States are compared without regard to case.
#[derive(Debug, Clone, Copy)]
pub struct Polling {
    /// States in which the job is done.
    pub done: &'static [&'static str],
    /// States in which the job has failed.
    pub failed: &'static [&'static str],
    /// Words that mark a state as failed when it contains them.
    pub failed_containing: &'static [&'static str],
    /// The wait before the second question; it grows by half with each further one.
    pub interval: Duration,
    /// The longest wait between two questions.
    pub max_interval: Duration,
    /// How long to wait for the job altogether.
    pub deadline: Duration,
}

impl Polling {
    /// No states yet; first wait 1 second, at most 15 seconds between questions, 30 minutes altogether.
    pub const DEFAULT: Self = Self {
        done: &[],
        failed: &[],
        failed_containing: &[],
        interval: Duration::from_secs(1),
        max_interval: Duration::from_secs(15),
        deadline: Duration::from_secs(30 * 60),
    };

    fn is_done(&self, state: &str) -> bool {
        self.done
            .iter()
            .any(|done| done.eq_ignore_ascii_case(state))
    }

    fn is_failed(&self, state: &str) -> bool {
        let upper = state.to_ascii_uppercase();
        self.failed
            .iter()
            .any(|failed| failed.eq_ignore_ascii_case(state))
            || self
                .failed_containing
                .iter()
                .any(|word| upper.contains(&word.to_ascii_uppercase()))
    }
}

/// The user's function that each answer is shown to.
type ShowJob<T> = Box<dyn FnMut(&T) + Send>;

/// Waits for a job; made by the `wait()` of an operation that reads one.
#[must_use = "nothing is sent until it is awaited"]
pub struct Wait<T> {
    call: Call<T>,
    polling: Polling,
    state: fn(&T) -> Option<&str>,
    progress: Option<ShowJob<T>>,
}

impl<T: 'static> Wait<T> {
    /// Waits with a rule, the state read from each answer by `state`.
    pub fn new(call: Call<T>, polling: Polling, state: fn(&T) -> Option<&str>) -> Self {
        Self {
            call,
            polling,
            state,
            progress: None,
        }
    }

    /// The wait before the second question; it grows by half with each further one.
    pub fn with_interval(mut self, interval: Duration) -> Self {
        self.polling.interval = interval;
        self.polling.max_interval = self.polling.max_interval.max(interval);
        self
    }

    /// The longest wait between two questions.
    pub fn with_max_interval(mut self, interval: Duration) -> Self {
        self.polling.max_interval = interval;
        self
    }

    /// How long to wait altogether.
    pub fn with_deadline(mut self, deadline: Duration) -> Self {
        self.polling.deadline = deadline;
        self
    }

    /// Shows each answer to a function, the last one included.
    pub fn with_progress(mut self, progress: impl FnMut(&T) + Send + 'static) -> Self {
        self.progress = Some(Box::new(progress));
        self
    }
}

impl<T: 'static> IntoFuture for Wait<T> {
    type Output = Result<T>;
    type IntoFuture = CallFuture<T>;

    fn into_future(self) -> CallFuture<T> {
        let Self {
            call,
            polling,
            state,
            mut progress,
        } = self;
        let read = call.read;
        let look: Look = Box::new(move |answer| {
            let job = read(answer)?;
            if let Some(progress) = &mut progress {
                progress(&job);
            }
            Ok(state(&job).map(str::to_owned))
        });
        CallFuture {
            future: Box::pin(poll_until_done(call.request, polling, look)),
            read,
        }
    }
}

impl<T> fmt::Debug for Wait<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Wait")
            .field("call", &self.call)
            .field("polling", &self.polling)
            .finish_non_exhaustive()
    }
}

/// Reads the state from an answer.
type Look = Box<dyn FnMut(&Answer) -> Result<Option<String>, ReadError> + Send>;

async fn poll_until_done(
    request: Box<Prepared>,
    polling: Polling,
    mut look: Look,
) -> Result<Answer> {
    let deadline = Instant::now() + polling.deadline;
    let mut interval = polling.interval;
    let mut last: Option<(Answer, Option<String>)> = None;
    loop {
        let Ok(outcome) = tokio::time::timeout_at(deadline, perform(request.clone())).await else {
            return Err(out_of_time(&request, polling.deadline, last));
        };
        let answer = outcome?;
        let state = match look(&answer) {
            Ok(state) => state,
            Err(error) => return Err(unreadable(answer, error)),
        };
        match &state {
            Some(state) if polling.is_done(state) => return Ok(answer),
            Some(state) if polling.is_failed(state) => {
                let failure = Failure::new(format!("the job failed, its state is {state}"));
                return Err(Error::Job(Box::new(
                    failure.answer_of(answer).in_state(Some(state.clone())),
                )));
            }
            _ => {}
        }
        let wake = Instant::now() + interval;
        last = Some((answer, state));
        if wake >= deadline {
            tokio::time::sleep_until(deadline).await;
            return Err(out_of_time(&request, polling.deadline, last));
        }
        tokio::time::sleep_until(wake).await;
        interval = interval
            .mul_f64(1.5)
            .min(polling.max_interval.max(polling.interval));
    }
}

fn out_of_time(
    request: &Prepared,
    deadline: Duration,
    last: Option<(Answer, Option<String>)>,
) -> Error {
    let mut failure;
    match last {
        Some((answer, state)) => {
            let shown = state.as_deref().unwrap_or("not given");
            failure = Failure::new(format!(
                "the job was not done within {deadline:?}, its last state is {shown}"
            ))
            .answer_of(answer)
            .in_state(state);
        }
        None => {
            failure = Failure::new(format!("no answer about the job within {deadline:?}"));
            if let Ok(request) = request.finish() {
                failure = failure.during(request.shown());
            }
        }
    }
    failure.timed_out = true;
    Error::Job(Box::new(failure))
}

impl Failure {
    fn in_state(mut self, state: Option<String>) -> Self {
        self.state = state;
        self
    }
}
