use super::ApiError;
use crate::catalogue::CatalogueError;
use crate::domain::{Invalid, Refusal};
use crate::store::StoreError;
use http::StatusCode;

impl From<Invalid> for ApiError {
    fn from(invalid: Invalid) -> Self {
        Self::invalid(invalid)
    }
}

impl From<CatalogueError> for ApiError {
    fn from(error: CatalogueError) -> Self {
        match error {
            CatalogueError::Refused(Refusal::Invalid(invalid)) => Self::invalid(invalid),
            CatalogueError::Refused(Refusal::NotFound(what)) => {
                Self::new(StatusCode::NOT_FOUND, format!("There is no such {what}."))
            }
            CatalogueError::Refused(Refusal::Conflict { message, details }) => {
                let mut error = Self::new(StatusCode::CONFLICT, message);
                error.0.details = details;
                error
            }
            CatalogueError::Refused(Refusal::Changed) => Self::new(
                StatusCode::PRECONDITION_FAILED,
                "The resource has been changed in the meantime.",
            ),
            CatalogueError::Store(cause) => cause.into(),
        }
    }
}

impl From<StoreError> for ApiError {
    /// The caller learns nothing of it; the log does.
    fn from(cause: StoreError) -> Self {
        let error = &cause as &dyn std::error::Error;
        if cause.is_busy() {
            tracing::warn!(error, "the database is busy");
            return Self::busy();
        }
        tracing::error!(error, "the catalogue could not be read or written");
        Self::of_status(StatusCode::INTERNAL_SERVER_ERROR)
    }
}
