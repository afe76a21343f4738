namespace GenieLoad.Engine.Logging;

/// <summary>
/// The gate through which an object made of what the service said comes to be kept and shown: every text of it, whatever its property is
/// called. A property that the type gets later passes without anybody thinking of it.
/// </summary>
/// <typeparam name="T">Type of the objects.</typeparam>
/// <param name="own">Properties that hold our own words, or what the user wrote; they are left alone.</param>
internal sealed class RedactedRecord<T>(params string[] own)
    where T : class
{
    private readonly Text[] _texts =
    [
        .. typeof(T).GetProperties()
            .Where(property => property.PropertyType == typeof(string) && property.CanWrite && !own.Contains(property.Name))
            .Select(property => new Text(
                property.Name,
                property.GetMethod!.CreateDelegate<Func<T, string?>>(), property.SetMethod!.CreateDelegate<Action<T, string?>>())),
    ];

    /// <summary>Whether secrets are taken out of the texts of a property.</summary>
    public bool IsGated(string property) => Array.Exists(_texts, text => text.Name == property);

    /// <summary>Takes the secrets out of an object that was just made and that nobody else has seen yet.</summary>
    /// <param name="made">The object.</param>
    /// <returns>The same object.</returns>
    public T Redact(T made)
    {
        foreach (Text text in _texts)
        {
            if (text.Get(made) is not { Length: > 0 } value)
                continue;
            string redacted = Redactor.Redact(value);
            if (!ReferenceEquals(redacted, value))
                text.Set(made, redacted);
        }
        return made;
    }

    private readonly record struct Text(string Name, Func<T, string?> Get, Action<T, string?> Set);
}
