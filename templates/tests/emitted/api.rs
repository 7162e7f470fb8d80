//! The operations by tag: the form of `src/api/*.rs` in a generated crate.

/// Images of a project.
pub mod images {
    use crate::runtime::macros::pages;
    use crate::runtime::{Call, Core, OffsetPaging, Request, read};
    use crate::types;
    use http::Method;

    /// Images of a project.
    #[derive(Debug, Clone)]
    pub struct Images {
        pub(crate) core: Core,
    }

    impl Images {
        /// `GET /v1/projects/{project_id}/images`
        pub fn list(&self, project_id: &str) -> ListImages {
            Request::new(Call::new(
                &self.core,
                Method::GET,
                "/v1/projects/{project_id}/images",
                &[("project_id", &project_id)],
                read::json,
            ))
        }

        /// `GET /v1/projects/{project_id}/images/{image_id}`
        pub fn get(&self, project_id: &str, image_id: &str) -> GetImage {
            Request::new(Call::new(
                &self.core,
                Method::GET,
                "/v1/projects/{project_id}/images/{image_id}",
                &[("project_id", &project_id), ("image_id", &image_id)],
                read::json,
            ))
        }

        /// `DELETE /v1/projects/{project_id}/images`
        pub fn delete_many(&self, project_id: &str, body: &types::ImageIds) -> DeleteImages {
            let mut call = Call::new(
                &self.core,
                Method::DELETE,
                "/v1/projects/{project_id}/images",
                &[("project_id", &project_id)],
                read::empty,
            );
            call.json(body);
            Request::new(call)
        }
    }

    mod operations {
        pub enum ListImages {}
    }

    /// `GET /v1/projects/{project_id}/images`: sent when awaited.
    pub type ListImages = Request<types::ImageList, operations::ListImages>;

    impl ListImages {
        /// Items to skip.
        pub fn offset(mut self, offset: i64) -> Self {
            self.0.query("offset", &offset);
            self
        }

        /// Most items on a page.
        pub fn limit(mut self, limit: i64) -> Self {
            self.0.query("limit", &limit);
            self
        }

        /// Only images with one of these states.
        pub fn image_status(
            mut self,
            image_status: impl IntoIterator<Item = types::ImageStatus>,
        ) -> Self {
            self.0.query_joined("image_status", image_status, ",");
            self
        }
    }

    pages!(ListImages => types::ImageList, OffsetPaging { offset: "offset", limit: "limit" });

    /// `GET /v1/projects/{project_id}/images/{image_id}`: sent when awaited.
    pub type GetImage = Request<types::Image>;

    /// `DELETE /v1/projects/{project_id}/images`: sent when awaited.
    pub type DeleteImages = Request<()>;
}

/// Exports of a project.
pub mod exports {
    use std::time::Duration;

    use crate::runtime::json::DecodeError;
    use crate::runtime::macros::wait;
    use crate::runtime::{Answer, Call, Core, ErrorBody, Polling, ReadError, Request, read};
    use crate::types;
    use bytes::Bytes;
    use http::Method;

    /// Exports of a project.
    #[derive(Debug, Clone)]
    pub struct Exports {
        pub(crate) core: Core,
    }

    impl Exports {
        /// `POST /v1/projects/{project_id}/exports`
        pub fn create(&self, project_id: &str, body: &types::ExportCreate) -> CreateExport {
            let mut call = Call::new(
                &self.core,
                Method::POST,
                "/v1/projects/{project_id}/exports",
                &[("project_id", &project_id)],
                CreateExportSuccess::read,
            );
            call.json(body);
            Request::new(call)
        }

        /// `GET /v1/exports/{job_id}`
        pub fn get(&self, job_id: &str) -> GetExport {
            let mut call = Call::new(
                &self.core,
                Method::GET,
                "/v1/exports/{job_id}",
                &[("job_id", &job_id)],
                read::json,
            );
            call.security(&[&["BasicAuth"], &["ApiKeyAuth"]]);
            Request::new(call)
        }
    }

    mod operations {
        pub enum GetExport {}
    }

    /// `POST /v1/projects/{project_id}/exports`: sent when awaited.
    ///
    /// Its errors by status: [`CreateExportError`].
    pub type CreateExport = Request<CreateExportSuccess>;

    impl CreateExport {
        /// Makes a repeated request have the effect of one.
        pub fn idempotency_key(mut self, idempotency_key: &str) -> Self {
            self.0.header("Idempotency-Key", &idempotency_key);
            self
        }

        /// The page to return to.
        pub fn theme(mut self, theme: &str) -> Self {
            self.0.cookie("theme", &theme);
            self
        }
    }

    /// What creating an export gives, by status.
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub enum CreateExportSuccess {
        /// 200: there already was such an export.
        Ok(types::ExportJob),
        /// 202: the export has begun.
        Accepted(types::ExportJob),
        /// 204: there is nothing to export.
        NoContent,
    }

    impl CreateExportSuccess {
        fn read(answer: &Answer) -> Result<Self, ReadError> {
            match answer.status().as_u16() {
                200 => read::json(answer).map(Self::Ok),
                202 => read::json(answer).map(Self::Accepted),
                204 => Ok(Self::NoContent),
                _ => Err(ReadError::UndocumentedStatus),
            }
        }
    }

    /// The documented errors of creating an export, by status: `error.body::<CreateExportError>()`.
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub enum CreateExportError {
        /// 404: there is no such project.
        NotFound(types::Problem),
        /// 422: the format is unknown.
        UnprocessableContent(Vec<String>),
        /// A status that the API does not document, with the body as it arrived.
        Undocumented(Bytes),
    }

    impl ErrorBody for CreateExportError {
        fn from_answer(answer: &Answer) -> Result<Self, DecodeError> {
            match answer.status().as_u16() {
                404 => answer.json().map(Self::NotFound),
                422 => answer.json().map(Self::UnprocessableContent),
                _ => Ok(Self::Undocumented(answer.body().clone())),
            }
        }
    }

    /// `GET /v1/exports/{job_id}`: sent when awaited.
    pub type GetExport = Request<types::ExportJob, operations::GetExport>;

    wait!(
        GetExport => types::ExportJob,
        Polling {
            done: &["DONE"],
            failed: &["FAILED"],
            failed_containing: &["ERROR"],
            interval: Duration::from_millis(2_000),
            max_interval: Duration::from_millis(15_000),
            deadline: Duration::from_millis(1_800_000),
        },
        |job| job.status.as_deref()
    );
}
