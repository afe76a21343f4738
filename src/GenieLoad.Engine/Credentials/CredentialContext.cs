using GenieLoad.Engine.Variables;

namespace GenieLoad.Engine.Credentials;

/// <summary>What credentials need of the world around them. Tests put their own in its place.</summary>
public sealed class CredentialContext
{
    /// <summary>Reads environment variables.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>Clock of all expiry and waiting.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The way to those who issue tokens, for tests; <see langword="null"/> for the network. Not disposed.</summary>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>An environment variable that has a value.</summary>
    internal string? Variable(string name) => VariableText.Of(Environment(name));
}
