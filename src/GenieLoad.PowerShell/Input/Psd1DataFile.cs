using System.Collections.ObjectModel;
using System.Management.Automation.Language;
using GenieLoad.Engine.DataFiles;

namespace GenieLoad.PowerShell.Input;

/// <summary>
/// Reads a psd1 text as data. PowerShell's parser makes a tree of it, and only constants, lists and hashtables are taken from the tree:
/// nothing is ever run.
/// </summary>
internal static class Psd1DataFile
{
    /// <summary>The data of a text.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="DataFileSyntaxException">It does not parse, or holds more than data.</exception>
    public static DataValue Parse(string text)
    {
        ScriptBlockAst script = Parser.ParseInput(text, out Token[] tokens, out ParseError[] errors);
        if (errors.Length > 0)
            throw Unparsed(errors[0]);
        // It calls what follows, or makes a job of what stands before, of which the tree of PowerShell 5.1 knows nothing.
        if (Array.Find(tokens, token => token.Kind == TokenKind.Ampersand) is Token ampersand)
            throw Refusal("the call or background job", ampersand.Extent);
        if (script.EndBlock is null || script.ScriptRequirements is not null)
            throw Refusal(script);
        if (script.Find(node => IsMore(node, script.EndBlock), searchNestedScriptBlocks: true) is Ast more)
            throw Refusal(more);
        return FromStatements(script.EndBlock.Statements, script);
    }

    /// <summary>
    /// Whether a node, wherever it stands, belongs to a program. Blocks of a name are told by their base, so that those of later versions
    /// of PowerShell count as well.
    /// </summary>
    private static bool IsMore(Ast node, NamedBlockAst body) => node switch
    {
        NamedBlockAst block => block != body || !block.Unnamed,
        _ => node is UsingStatementAst or TrapStatementAst or ParamBlockAst or AttributeAst or ScriptBlockExpressionAst or CommandAst
            or FunctionDefinitionAst or TypeDefinitionAst,
    };

    /// <summary>One statement is its value; several, as the lines of <c>@( )</c>, are a list.</summary>
    private static DataValue FromStatements(ReadOnlyCollection<StatementAst> statements, Ast owner)
    {
        if (statements.Count == 1)
            return FromStatement(statements[0]);
        return new DataValue(statements.Select(FromStatement).ToArray(), owner.Extent.StartLineNumber);
    }

    private static DataValue FromStatement(StatementAst statement) =>
        statement is PipelineAst { PipelineElements: [CommandExpressionAst { Redirections.Count: 0 } element] }
            ? FromExpression(element.Expression)
            : throw Refusal(statement);

    private static DataValue FromExpression(ExpressionAst expression) => expression switch
    {
        HashtableAst table => new DataValue(table.KeyValuePairs.Select(FromPair).ToArray(), Line(table)),
        ArrayExpressionAst list => FromList(list),
        ArrayLiteralAst list => new DataValue(list.Elements.Select(FromExpression).ToArray(), Line(list)),
        ParenExpressionAst { Pipeline: PipelineAst inner } => FromStatement(inner),
        _ => new DataValue(Constant(expression), Line(expression)),
    };

    private static DataMember FromPair(Tuple<ExpressionAst, StatementAst> pair) =>
        new($"{Constant(pair.Item1)}", FromStatement(pair.Item2), Line(pair.Item1));

    private static DataValue FromList(ArrayExpressionAst list)
    {
        DataValue content = FromStatements(list.SubExpression.Statements, list);
        return content.Value is IReadOnlyList<DataValue> ? content : new DataValue(new[] { content }, Line(list));
    }

    private static object? Constant(ExpressionAst expression)
    {
        try
        {
            return expression.SafeGetValue();
        }
        catch (InvalidOperationException)
        {
            throw Refusal(expression);
        }
    }

    // What stands there is not told, nor what the parser says, which quotes it: a path may name any file of the machine.
    private static DataFileSyntaxException Unparsed(ParseError error) => new(
        FormattableString.Invariant($"PowerShell cannot parse this from column {error.Extent.StartColumnNumber} on ({error.ErrorId})."),
        error.Extent.StartLineNumber);

    private static DataFileSyntaxException Refusal(Ast ast) => Refusal(KindOf(ast), ast.Extent);

    private static DataFileSyntaxException Refusal(string what, IScriptExtent place) => new(
        FormattableString.Invariant($"{what} from column {place.StartColumnNumber} on contains code, not only data."),
        place.StartLineNumber);

    private static string KindOf(Ast ast) => ast switch
    {
        CommandAst => "the command",
        VariableExpressionAst => "the variable",
        ExpandableStringExpressionAst => "the string with a variable or command in it",
        UsingStatementAst or TrapStatementAst or ParamBlockAst or AttributeAst => "the declaration",
        FunctionDefinitionAst or TypeDefinitionAst => "the definition",
        ScriptBlockExpressionAst or NamedBlockAst or ScriptBlockAst => "the script",
        ExpressionAst => "the expression",
        _ => "the statement",
    };

    private static int Line(Ast ast) => ast.Extent.StartLineNumber;
}
