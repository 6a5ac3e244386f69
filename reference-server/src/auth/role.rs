use std::fmt;
use std::str::FromStr;

/// What a user is to the platform. A service has no role: it holds the scope `products:read`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Role {
    /// May do everything.
    Admin,
    /// May do everything in the catalogue.
    Manager,
    /// May create and change, but not delete, price or publish.
    Editor,
    /// May price.
    Marketing,
    /// May read what everybody may.
    Warehouse,
    /// May read what everybody may.
    User,
}

/// The text names no role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownRole(String);

impl Role {
    const ALL: [Self; 6] = [
        Self::Admin,
        Self::Manager,
        Self::Editor,
        Self::Marketing,
        Self::Warehouse,
        Self::User,
    ];

    /// The word in a token.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Manager => "manager",
            Self::Editor => "editor",
            Self::Marketing => "marketing",
            Self::Warehouse => "warehouse",
            Self::User => "user",
        }
    }
}

impl FromStr for Role {
    type Err = UnknownRole;

    /// Reads the word in any case.
    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        Self::ALL
            .into_iter()
            .find(|role| role.as_str().eq_ignore_ascii_case(text))
            .ok_or_else(|| UnknownRole(text.to_owned()))
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for UnknownRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” is not a role; choose from", self.0)?;
        let mut separator = " ";
        for role in Role::ALL {
            write!(f, "{separator}{role}")?;
            separator = ", ";
        }
        Ok(())
    }
}

impl std::error::Error for UnknownRole {}
