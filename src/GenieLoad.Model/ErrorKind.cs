namespace GenieLoad.Model;

/// <summary>Sorts of trouble; each becomes one category of PowerShell's error records.</summary>
public enum ErrorKind
{
    /// <summary>A value that cannot be used.</summary>
    InvalidInput,

    /// <summary>A file or text that cannot be read as what it should be.</summary>
    InvalidData,

    /// <summary>Something named that is not there.</summary>
    NotFound,

    /// <summary>The credential was refused, or there is none.</summary>
    Authentication,

    /// <summary>The credential is good and lacks a right.</summary>
    Permission,

    /// <summary>The other side could not be reached.</summary>
    Connection,

    /// <summary>No answer in time.</summary>
    Timeout,

    /// <summary>The rate limit.</summary>
    Throttled,

    /// <summary>An answer that makes no sense.</summary>
    Protocol,

    /// <summary>A file that could not be written.</summary>
    WriteFailed,

    /// <summary>Something that stands in the way, such as a file that exists.</summary>
    Conflict,

    /// <summary>The service took the question and failed it.</summary>
    ServiceFailure,

    /// <summary>Something that must come first is missing, such as a connection.</summary>
    NotReady,

    /// <summary>All went well, and a demand on the outcome was not met.</summary>
    NotMet,
}
