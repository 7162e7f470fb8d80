//! When a failed attempt is made again, and after how long.
//!
//! In: the policy, the method, the error of the last attempt. Out: whether to try again, after having waited.

use std::hash::{BuildHasher as _, Hasher as _};
use std::time::Duration;

use http::Method;

use super::error::Error;

/// How often, when and after how long a failed request is sent again.
///
/// Unless it is set otherwise, `GET`, `HEAD`, `PUT`, `DELETE` and `OPTIONS` are repeated after a status of 429, 502, 503 or
/// 504 and after a broken or refused connection; other methods only after 429 and 503, where the server says that it has
/// not acted.
/// A request whose time limit passed is not repeated. `Retry-After` (RFC 9110 section 10.2.3) is obeyed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetryPolicy {
    retries: u32,
    initial_delay: Duration,
    max_delay: Duration,
    max_retry_after: Duration,
    statuses: &'static [u16],
    unsafe_statuses: &'static [u16],
}

impl RetryPolicy {
    /// Two retries; half a second before the first, doubled for each further, 8 seconds at most; a `Retry-After` of up
    /// to 60 seconds is waited for.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            retries: 2,
            initial_delay: Duration::from_millis(500),
            max_delay: Duration::from_secs(8),
            max_retry_after: Duration::from_secs(60),
            statuses: &[429, 502, 503, 504],
            unsafe_statuses: &[429, 503],
        }
    }

    /// No retries.
    #[must_use]
    pub const fn none() -> Self {
        Self {
            retries: 0,
            ..Self::new()
        }
    }

    /// How many times a request is sent again, the first attempt not counted.
    #[must_use]
    pub const fn retries(mut self, retries: u32) -> Self {
        self.retries = retries;
        self
    }

    /// The wait before the first retry; it doubles with each further one. A random part of up to a quarter is taken off.
    #[must_use]
    pub const fn initial_delay(mut self, delay: Duration) -> Self {
        self.initial_delay = delay;
        self
    }

    /// The longest wait between two attempts when the server names none.
    #[must_use]
    pub const fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// The longest `Retry-After` that is waited for; when the server asks for more, the error is returned at once.
    #[must_use]
    pub const fn max_retry_after(mut self, delay: Duration) -> Self {
        self.max_retry_after = delay;
        self
    }

    /// The statuses after which a request with an idempotent method is sent again.
    #[must_use]
    pub const fn statuses(mut self, statuses: &'static [u16]) -> Self {
        self.statuses = statuses;
        self
    }

    /// The statuses after which a request with any other method, such as `POST`, is sent again: those by which the server
    /// says that it has not acted.
    #[must_use]
    pub const fn unsafe_statuses(mut self, statuses: &'static [u16]) -> Self {
        self.unsafe_statuses = statuses;
        self
    }

    /// The wait after the attempt with this number (from 1), before jitter.
    fn backoff(&self, attempt: u32) -> Duration {
        let doubled = 1_u32
            .checked_shl(attempt.saturating_sub(1))
            .unwrap_or(u32::MAX);
        self.initial_delay
            .saturating_mul(doubled)
            .min(self.max_delay)
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::new()
    }
}

/// The attempts of one call.
pub(crate) struct Attempts {
    policy: RetryPolicy,
    idempotent: bool,
    replayable: bool,
    made: u32,
}

impl Attempts {
    pub(crate) fn new(policy: RetryPolicy, method: &Method, replayable: bool) -> Self {
        Self {
            policy,
            idempotent: is_idempotent(method),
            replayable,
            made: 1,
        }
    }

    /// Whether to make another attempt after this error; if so, the wait is over when this returns.
    async fn again(&mut self, error: &Error) -> bool {
        let Some(delay) = self.delay(error) else {
            return false;
        };
        tokio::time::sleep(delay).await;
        self.made += 1;
        true
    }

    /// As [`Attempts::again`]; gives the error back, with the number of attempts in it, where there is no other.
    pub(crate) async fn next(&mut self, mut error: Error) -> Result<(), Error> {
        if self.again(&error).await {
            return Ok(());
        }
        error.failure_mut().after_attempts(self.made);
        Err(error)
    }

    fn delay(&self, error: &Error) -> Option<Duration> {
        if !self.replayable || self.made > self.policy.retries || !self.worth_it(error) {
            return None;
        }
        match error.retry_after() {
            Some(asked) => (asked <= self.policy.max_retry_after).then_some(asked),
            None => Some(jittered(self.policy.backoff(self.made))),
        }
    }

    fn worth_it(&self, error: &Error) -> bool {
        match error {
            Error::Api(failure) => {
                let statuses = if self.idempotent {
                    self.policy.statuses
                } else {
                    self.policy.unsafe_statuses
                };
                failure
                    .status()
                    .is_some_and(|status| statuses.contains(&status.as_u16()))
            }
            Error::Transport(_) => self.idempotent,
            _ => false,
        }
    }
}

/// Whether sending twice does what sending once does (RFC 9110 section 9.2.2), or the method only reads.
fn is_idempotent(method: &Method) -> bool {
    matches!(
        *method,
        Method::GET | Method::HEAD | Method::PUT | Method::DELETE | Method::OPTIONS | Method::TRACE
    ) || matches!(method.as_str(), "QUERY" | "PROPFIND" | "REPORT" | "SEARCH")
}

/// Three quarters of the delay, plus a random part of the last quarter, so that clients do not return all at once.
fn jittered(delay: Duration) -> Duration {
    let share = f64::from(u32::try_from(random() >> 32).unwrap_or(u32::MAX)) / f64::from(u32::MAX);
    delay.mul_f64(0.75 + 0.25 * share)
}

/// A random number; not for secrets. A freshly keyed hasher is the standard library's source of randomness.
pub(crate) fn random() -> u64 {
    std::collections::hash_map::RandomState::new()
        .build_hasher()
        .finish()
}
