namespace GenieLoad.Engine.Answers;

/// <summary>What is kept of a statement to compare it by: nothing of it can be read from that.</summary>
/// <param name="Exact">Hash of <see cref="SqlForm.Exact"/>.</param>
/// <param name="Lexical">Hash of <see cref="SqlForm.Lexical"/>.</param>
/// <param name="Masked">Hash of <see cref="SqlForm.Masked"/>.</param>
/// <param name="Shape">Hash of <see cref="SqlForm.Shape"/>.</param>
/// <param name="Findings">Why it may give another result each time, as <see cref="SqlFindings.Of"/> writes it.</param>
internal sealed record SqlSignatures(string Exact, string Lexical, string Masked, string Shape, string Findings)
{
    /// <summary>Signs a statement.</summary>
    /// <param name="sql">The statement.</param>
    public static SqlSignatures Of(string sql)
    {
        IReadOnlyList<SqlToken> tokens = SqlLexer.Read(sql);
        SqlForm form = SqlForm.Of(sql, tokens);
        return new SqlSignatures(
            Signature.Of(form.Exact), Signature.Of(form.Lexical), Signature.Of(form.Masked), Signature.Of(form.Shape),
            SqlFindings.Of(tokens));
    }
}
