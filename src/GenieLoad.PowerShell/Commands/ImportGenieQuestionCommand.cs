using System.Globalization;
using System.Management.Automation;
using System.Text;
using GenieLoad.Engine.DataFiles;
using GenieLoad.Engine.Questions;
using GenieLoad.Model;
using GenieLoad.PowerShell.Completion;
using GenieLoad.PowerShell.Input;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Reads questions from text, CSV, JSON Lines, JSON and YAML files, and from exported spaces and conversations.</summary>
[Cmdlet(VerbsData.Import, "GenieQuestion", DefaultParameterSetName = "Path")]
[OutputType(typeof(Question))]
public sealed class ImportGenieQuestionCommand : FileInputCmdlet
{
    // Counted over all files of the call, so that questions without an id get one that no other has.
    private int _read;

    private TableFormat _format = TableFormat.Unknown;
    private QuestionSelection _selection = new([]);

    /// <summary>Which questions to read of exported spaces, and of lists that know where their questions come from.</summary>
    [Parameter(HelpMessage = "Sample, Benchmark, Example, Conversation: which questions to read. Default: samples and benchmarks of an "
        + "exported space, and all questions of other files.")]
    [ValidateSet(QuestionOrigin.Sample, QuestionOrigin.Benchmark, QuestionOrigin.Example, QuestionOrigin.Conversation)]
    [ValidateNotNullOrEmpty]
    public string[] Source { get; set; } = [];

    /// <summary>What stands between the columns; found in the file by default.</summary>
    [Parameter(HelpMessage = "Column separator, such as ';' or \"`t\". Detected by default.")]
    [ArgumentCompleter(typeof(DelimiterCompleter))]
    public char? Delimiter { get; set; }

    /// <summary>Takes delimiter and decimal sign of the current culture.</summary>
    [Parameter(HelpMessage = "Use the list separator and decimal sign of the current culture.")]
    public SwitchParameter UseCulture { get; set; }

    /// <summary>Encoding of files without a byte order mark; found in the file by default.</summary>
    [Parameter(HelpMessage = "Encoding of files without a byte order mark, such as utf8, ansi or 1250. Detected by default.")]
    [EncodingTransformation]
    [ArgumentCompleter(typeof(EncodingCompleter))]
    [ValidateNotNull]
    public Encoding? Encoding { get; set; }

    // A load test further down must not ask half a list, or the sample questions in place of a list that was refused.
    /// <inheritdoc/>
    protected override bool EndsAtFirstError => true;

    /// <inheritdoc/>
    protected override void Begin()
    {
        TableFormat culture = UseCulture ? TableFormat.Of(CultureInfo.CurrentCulture) : TableFormat.Unknown;
        _format = culture with { Delimiter = Delimiter ?? culture.Delimiter, Encoding = Encoding };
        _format.Validate();
        _selection = new QuestionSelection(Source);
    }

    /// <inheritdoc/>
    protected override void ReadFile(string path)
    {
        IReadOnlyList<Question> questions = QuestionFile.Read(
            path, _read + _selection.RepeatedCount + 1, _format, WriteVerbose, _selection, WriteWarning);
        _read += questions.Count;
        WriteObject(questions, enumerateCollection: true);
    }
}
