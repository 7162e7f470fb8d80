//! The form in which an operation is tested: what is called, what it sends, what it is replied, what is read from that.

/// Tests of operations, named by their ids: each with all that the operation takes, and with the fewest.
///
/// `call` is the call; `sends` the method, the target and, after a comma, the body; `reply` the status and the body;
/// `check` looks into the decoded value, of which it is already known that it is written back as it came.
macro_rules! operations {
    (@call call($client:ident): $call:expr; sends: $method:ident $target:expr $(, $body:expr)?; reply: 204;) => {{
        let exchange = crate::exchange::Exchange::new(clientsmith_tests::server::Reply::empty(204)).await;
        let $client = exchange.client();
        let outcome = $call.await;
        exchange.expect_sent(stringify!($method), $target, operations!(@body $($body)?));
        let () = outcome.expect("success without a body");
    }};
    (@call
        call($client:ident): $call:expr;
        sends: $method:ident $target:expr $(, $body:expr)?;
        reply: $status:literal $reply:expr;
        check($value:pat_param): $check:block
    ) => {{
        let reply: String = $reply.into();
        let exchange = crate::exchange::Exchange::new(clientsmith_tests::server::Reply::json($status, reply.as_str())).await;
        let $client = exchange.client();
        let outcome = $call.await;
        exchange.expect_sent(stringify!($method), $target, operations!(@body $($body)?));
        let value = outcome.expect("the reply is what the operation answers");
        crate::exchange::assert_kept(&value, &reply);
        let $value = value;
        $check
    }};
    (@body) => { None };
    (@body $body:expr) => { Some($body) };
    ($($operation:ident { all { $($all:tt)+ } fewest { $($fewest:tt)+ } })+) => {
        /// The ids of the operations that are called in this file.
        pub const OPERATIONS: &[&str] = &[$(stringify!($operation)),+];
        $(mod $operation {
            use super::*;

            #[tokio::test]
            async fn all() {
                operations!(@call $($all)+)
            }

            #[tokio::test]
            async fn fewest() {
                operations!(@call $($fewest)+)
            }
        })+
    };
}
