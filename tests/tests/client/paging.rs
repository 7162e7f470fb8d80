//! Lists of several pages, as one stream of items or of pages.

use clientsmith_tests::server::{Reply, Server};
use futures_util::{StreamExt, TryStreamExt};
use hasty_api::types::DefaultStatus;

use crate::setting::{PROJECT, serve};

/// A page with datasets of these names.
fn page(total: u64, names: &[&str]) -> Reply {
    let items: Vec<String> = names
        .iter()
        .map(|name| {
            format!(r#"{{"id": "e34f765f-cfd9-4789-a575-e083f35ac3f6", "name": "{name}"}}"#)
        })
        .collect();
    Reply::json(
        200,
        format!(
            r#"{{"meta": {{"total": {total}}}, "items": [{}]}}"#,
            items.join(",")
        ),
    )
}

/// The queries that came.
fn queries(server: &Server) -> Vec<String> {
    let requests = server.requests();
    requests
        .iter()
        .map(|request| {
            request
                .target
                .split_once('?')
                .map(|(_, query)| query.to_owned())
                .unwrap_or_default()
        })
        .collect()
}

#[tokio::test]
async fn the_items_of_three_pages_are_one_stream() {
    let (server, client) =
        serve([page(5, &["a", "b"]), page(5, &["c", "d"]), page(5, &["e"])]).await;
    let names: Vec<String> = client
        .datasets()
        .list(PROJECT)
        .limit(2)
        .name("x y")
        .items()
        .map_ok(|dataset| dataset.name)
        .try_collect()
        .await
        .expect("five datasets");
    assert_eq!(names, ["a", "b", "c", "d", "e"]);
    assert_eq!(
        queries(&server),
        [
            "limit=2&name=x%20y",
            "limit=2&name=x%20y&offset=2",
            "limit=2&name=x%20y&offset=4"
        ]
    );
}

#[tokio::test]
async fn nothing_is_sent_before_an_item_is_wanted() {
    let (server, client) = serve([page(4, &["a", "b"]), page(4, &["c", "d"])]).await;
    let mut items = client.datasets().list(PROJECT).items();
    assert_eq!(server.requests().len(), 0);
    for name in ["a", "b"] {
        assert_eq!(
            items
                .try_next()
                .await
                .expect("a page")
                .expect("an item")
                .name,
            name
        );
        assert_eq!(server.requests().len(), 1);
    }
    assert_eq!(
        items
            .try_next()
            .await
            .expect("a page")
            .expect("an item")
            .name,
        "c"
    );
    assert_eq!(queries(&server), ["", "offset=2"]);
}

#[tokio::test]
async fn a_list_is_read_from_where_the_caller_begins() {
    let (server, client) = serve([page(13, &["k", "l"]), page(13, &["m"])]).await;
    let items = client
        .datasets()
        .list(PROJECT)
        .offset(10)
        .limit(2)
        .items()
        .into_vec()
        .await
        .expect("the rest");
    assert_eq!(items.len(), 3);
    assert_eq!(queries(&server), ["offset=10&limit=2", "limit=2&offset=12"]);
}

#[tokio::test]
async fn a_list_that_shrinks_meanwhile_ends() {
    let (server, client) = serve([page(4, &["a", "b"]), page(4, &[])]).await;
    let items = client
        .datasets()
        .list(PROJECT)
        .items()
        .into_vec()
        .await
        .expect("what is left");
    assert_eq!((items.len(), server.requests().len()), (2, 2));
}

#[tokio::test]
async fn an_empty_list_is_one_request() {
    let (server, client) = serve([page(0, &[])]).await;
    let items = client
        .datasets()
        .list(PROJECT)
        .items()
        .into_vec()
        .await
        .expect("nothing");
    assert_eq!((items.len(), server.requests().len()), (0, 1));
}

#[tokio::test]
async fn pages_keep_their_envelope() {
    let (server, client) = serve([page(3, &["a", "b"]), page(3, &["c"])]).await;
    let pages: Vec<_> = client
        .datasets()
        .list(PROJECT)
        .pages()
        .try_collect()
        .await
        .expect("two pages");
    assert_eq!(
        pages
            .iter()
            .map(|page| (page.meta.total, page.items.len()))
            .collect::<Vec<_>>(),
        [(3, 2), (3, 1)]
    );
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn an_error_ends_the_stream_after_the_items_before_it() {
    let (_server, client) = serve([
        page(4, &["a", "b"]),
        Reply::json(403, r#"{"message": "no longer"}"#),
    ])
    .await;
    let outcomes: Vec<_> = client.datasets().list(PROJECT).items().collect().await;
    assert_eq!(outcomes.len(), 3);
    assert!(outcomes[0].is_ok() && outcomes[1].is_ok());
    assert!(
        outcomes[2]
            .as_ref()
            .is_err_and(hasty_api::Error::is_forbidden)
    );
}

#[tokio::test]
async fn every_page_is_asked_for_with_key_and_filters() {
    let empty = r#"{"meta": {"total": 3}, "items": [
        {"dataset_id": "e34f765f-cfd9-4789-a575-e083f35ac3f6", "id": "e34f765f-cfd9-4789-a575-e083f35ac3f6", "name": "a"}
    ]}"#;
    let (server, client) = serve((0..3).map(|_| Reply::json(200, empty))).await;
    let images = client
        .images()
        .list(PROJECT)
        .image_status([DefaultStatus::ToReview, DefaultStatus::Done])
        .with_header("x-trace", "1")
        .items()
        .into_vec()
        .await
        .expect("three images");
    assert_eq!(images.len(), 3);
    assert_eq!(
        queries(&server),
        [
            "image_status=TO%20REVIEW,DONE",
            "image_status=TO%20REVIEW,DONE&offset=1",
            "image_status=TO%20REVIEW,DONE&offset=2"
        ]
    );
    for request in server.requests() {
        assert_eq!(request.header("x-api-key"), Some(crate::setting::KEY));
        assert_eq!(request.header("x-trace"), Some("1"));
    }
}
