namespace GenieLoad.Engine.Sessions.Places;

/// <summary>The connection to a place is broken. What runs there goes on.</summary>
public sealed class PlaceLostException : Exception
{
    /// <summary>A connection that is broken.</summary>
    /// <param name="message">Why, for people.</param>
    /// <param name="inner">What said so.</param>
    public PlaceLostException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
