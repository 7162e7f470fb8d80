//! An HTTP/1.1 server on loopback that answers from a script and keeps what it was sent, byte for byte.
//!
//! Comes in: the replies, in the order in which requests will come. Goes out: the address, and the requests as they came.
//! Must not know: the client, any HTTP library (it would tidy up the requests), any API.

mod connection;
mod reply;
mod request;

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub use reply::Reply;
pub use request::Request;

/// A server that runs until it is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    script: Arc<Script>,
    task: JoinHandle<()>,
}

/// What is still to be answered, and what was asked.
#[derive(Debug, Default)]
struct Script(Mutex<Exchanges>);

#[derive(Debug, Default)]
struct Exchanges {
    replies: VecDeque<Reply>,
    requests: Vec<Request>,
}

impl Server {
    /// Starts a server on a free port of the loopback interface. A request for which no reply is left is answered with 599.
    ///
    /// # Panics
    ///
    /// When the loopback interface has no free port.
    pub async fn replying(replies: impl IntoIterator<Item = Reply>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0))
            .await
            .expect("loopback has a free port");
        let address = listener
            .local_addr()
            .expect("a bound listener has an address");
        let script = Arc::new(Script(Mutex::new(Exchanges {
            replies: replies.into_iter().collect(),
            requests: Vec::new(),
        })));
        let task = tokio::spawn(accept(listener, Arc::clone(&script)));
        Self {
            address,
            script,
            task,
        }
    }

    /// `http://127.0.0.1:port`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The same server under the name `localhost`: another host, as far as a client can tell.
    pub fn url_by_name(&self) -> String {
        format!("http://localhost:{}", self.address.port())
    }

    /// What a client that uses [`Server::url`] sends as `Host`.
    pub fn host(&self) -> String {
        self.address.to_string()
    }

    /// Adds replies to the script.
    pub fn then(&self, replies: impl IntoIterator<Item = Reply>) {
        self.script.lock().replies.extend(replies);
    }

    /// The requests that have come so far, in their order.
    pub fn requests(&self) -> Vec<Request> {
        self.script.lock().requests.clone()
    }

    /// The one request that has come.
    ///
    /// # Panics
    ///
    /// When it is not exactly one.
    pub fn request(&self) -> Request {
        let mut requests = self.requests();
        assert_eq!(
            requests.len(),
            1,
            "one request is expected, not {requests:#?}"
        );
        requests.remove(0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Script {
    fn lock(&self) -> MutexGuard<'_, Exchanges> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a request and gives the reply to it.
    fn answer(&self, request: Request) -> Reply {
        let mut exchanges = self.lock();
        exchanges.requests.push(request);
        exchanges
            .replies
            .pop_front()
            .unwrap_or_else(|| Reply::text(599, "the script has no reply left"))
    }
}

async fn accept(listener: TcpListener, script: Arc<Script>) {
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(connection::serve(stream, Arc::clone(&script)));
    }
}
