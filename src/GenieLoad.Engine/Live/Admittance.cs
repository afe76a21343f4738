namespace GenieLoad.Engine.Live;

/// <summary>What becomes of a request.</summary>
internal enum Admittance
{
    /// <summary>It is answered.</summary>
    Admitted,

    /// <summary>It has the token: from now on its browser is known.</summary>
    Enter,

    /// <summary>It has a token and comes from the browser that is known: the token leaves the address.</summary>
    Return,

    /// <summary>It has neither the token nor the cookie.</summary>
    Stranger,

    /// <summary>It gives this machine another name.</summary>
    OtherHost,

    /// <summary>It comes from the page of another site.</summary>
    OtherOrigin,

    /// <summary>It wants more than to look.</summary>
    OtherMethod,

    /// <summary>There is no such page.</summary>
    OtherPath,
}
