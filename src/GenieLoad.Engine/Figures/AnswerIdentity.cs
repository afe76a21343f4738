namespace GenieLoad.Engine.Figures;

/// <summary>What an answer says: equal where the same was said.</summary>
/// <param name="What">What is compared of it, with a blank behind it where there is a signature.</param>
/// <param name="Signature">Its signature; <see langword="null"/> where answers of its kind all say the same.</param>
internal readonly record struct AnswerIdentity(string What, string? Signature)
{
    /// <summary>The same as a text.</summary>
    public override string ToString() => What + Signature;
}
