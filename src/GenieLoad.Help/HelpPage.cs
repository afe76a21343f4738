namespace GenieLoad.Help;

/// <summary>The prose of one cmdlet: what a page of <c>docs/en-US</c> says.</summary>
public sealed class HelpPage
{
    /// <summary>The page's file.</summary>
    public required string File { get; init; }

    /// <summary>Name of the cmdlet.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence.</summary>
    public string Synopsis { get; set; } = "";

    /// <summary>What it does.</summary>
    public List<Block> Description { get; } = [];

    /// <summary>What each parameter is, by its name without the hyphen, in the page's order.</summary>
    public Dictionary<string, List<Block>> Parameters { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Examples in the page's order.</summary>
    public List<HelpExample> Examples { get; } = [];

    /// <summary>What it takes from the pipeline.</summary>
    public List<HelpType> Inputs { get; } = [];

    /// <summary>What it writes.</summary>
    public List<HelpType> Outputs { get; } = [];

    /// <summary>What else there is to know.</summary>
    public List<Block> Notes { get; } = [];

    /// <summary>Cmdlets and topics to read next.</summary>
    public List<string> Related { get; } = [];
}
