using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using GenieLoad.Engine.Reports;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Reports;

public sealed class JUnitReportTests
{
    /// <summary>Writes a run, validates it against the schema, and gives it read back.</summary>
    private static XElement Write(LoadRun run, params string[] thresholds)
    {
        using MemoryStream stream = new();
        JUnitReport.Write(run, new ReportOptions { Thresholds = thresholds }, stream);
        return Read(stream);
    }

    /// <summary>Reads a report that must follow the schema.</summary>
    internal static XElement Read(Stream stream)
    {
        stream.Position = 0;
        List<string> complaints = [];
        XmlReaderSettings settings = new() { ValidationType = ValidationType.Schema };
        using Stream schema = typeof(JUnitReportTests).Assembly.GetManifestResourceStream("junit.xsd")!;
        settings.Schemas.Add(null, XmlReader.Create(schema));
        settings.ValidationEventHandler += (_, e) => complaints.Add(e.Message);
        settings.ValidationFlags |= XmlSchemaValidationFlags.ReportValidationWarnings;
        using XmlReader reader = XmlReader.Create(stream, settings);
        XElement root = XDocument.Load(reader).Root!;
        Assert.Empty(complaints);
        return root;
    }

    private static XElement Case(XElement root, string name) =>
        root.Descendants("testcase").Single(one => one.Attribute("name")!.Value.StartsWith(name, StringComparison.Ordinal));

    [Fact]
    public void A_threshold_is_a_case_and_an_undecided_one_is_skipped_with_its_reason()
    {
        XElement root = Write(ReportRun.Of(40, thresholds: "P50ResponseSeconds < 60; P50ResponseSeconds < 1; P99ResponseSeconds < 60"));

        Assert.DoesNotContain(Case(root, "P50ResponseSeconds < 60").Elements(), part => part.Name != "system-out");
        XElement failure = Assert.Single(Case(root, "P50ResponseSeconds < 1").Elements("failure"));
        Assert.Equal("ThresholdMissed", failure.Attribute("type")!.Value);
        Assert.Contains("95 % interval", failure.Attribute("message")!.Value, StringComparison.Ordinal);
        Assert.StartsWith("undecided: ", Case(root, "P99").Element("skipped")!.Attribute("message")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Thresholds_that_are_given_stand_in_for_those_of_the_run()
    {
        XElement root = Write(ReportRun.Of(40, thresholds: "P50ResponseSeconds < 60"), "SuccessRate > 50%");

        Assert.Equal(
            ["The run is complete and valid", "SuccessRate > 50%"],
            root.Elements("testsuite").First().Elements("testcase").Select(one => one.Attribute("name")!.Value));
    }

    [Fact]
    public void A_question_is_a_case_whatever_the_number_of_times_it_was_asked()
    {
        XElement root = Write(ReportRun.Of(40, warmUps: 1));

        XElement suite = root.Elements("testsuite").Last();
        Assert.Equal(10, suite.Elements("testcase").Count());
        XElement failed = Case(root, "q0 ");
        Assert.StartsWith("4 of 4 times: Failed: SQL_EXECUTION_EXCEPTION: ", failed.Element("failure")!.Attribute("message")!.Value,
            StringComparison.Ordinal);
        Assert.Contains("question 10: TimedOut", failed.Element("failure")!.Value, StringComparison.Ordinal);
        Assert.NotEqual("0.000", Case(root, "q1 ").Attribute("time")!.Value);
        Assert.Contains("WHERE region = 1", Case(root, "q1 ").Element("system-out")!.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Outcome.Failed, "failure")]
    [InlineData(Outcome.Cancelled, "failure")]
    [InlineData(Outcome.Expired, "failure")]
    [InlineData(Outcome.Throttled, "error")]
    [InlineData(Outcome.TimedOut, "error")]
    [InlineData(Outcome.Ambiguous, "error")]
    [InlineData(Outcome.Rejected, "error")]
    [InlineData(Outcome.Unreachable, "error")]
    [InlineData(Outcome.Interrupted, "skipped")]
    [InlineData(Outcome.NotStarted, "skipped")]
    public void What_genie_ended_badly_is_a_failure_what_got_in_the_way_an_error_what_was_not_asked_skipped(string outcome, string element)
    {
        XElement root = Write(SampleRun.Summarize(1, SampleRun.Failure(1, outcome, null)));

        Assert.Equal(element, Case(root, "q1 ").Elements().First().Name);
    }

    [Fact]
    public void Counts_of_suites_and_root_are_those_of_the_cases()
    {
        XElement root = Write(ReportRun.Of(40, thresholds: "P50ResponseSeconds < 1; P99ResponseSeconds < 60"));

        foreach (XElement suite in root.Elements("testsuite"))
        {
            Assert.Equal((int)suite.Attribute("tests")!, suite.Elements("testcase").Count());
            Assert.Equal((int)suite.Attribute("failures")!, suite.Descendants("failure").Count());
            Assert.Equal((int)suite.Attribute("errors")!, suite.Descendants("error").Count());
            Assert.Equal((int)suite.Attribute("skipped")!, suite.Descendants("skipped").Count());
        }

        Assert.Equal((int)root.Attribute("tests")!, root.Descendants("testcase").Count());
        Assert.Equal((int)root.Attribute("failures")!, root.Descendants("failure").Count());
    }

    [Fact]
    public void A_run_that_tells_of_its_generator_is_an_error_even_without_thresholds()
    {
        XElement root = Write(ReportRun.Of(20, generator: SampleRun.Generator with { ProcessorShare = 0.99 }));

        XElement error = Case(root, "The run is complete and valid").Element("error")!;
        Assert.Equal("RunInvalid", error.Attribute("type")!.Value);
    }

    [Fact]
    public void Hostile_and_missing_texts_stay_texts_in_valid_xml()
    {
        LoadRun run = ReportRun.Of(12, change: row => ReportRun.With(
            row, question: row.Index == 3
                ? null! : ReportRun.Hostile, sql: ReportRun.Hostile, errorText: ReportRun.Hostile, errorType: ReportRun.Hostile));

        XElement root = Write(run);

        Assert.Contains("<script>alert('x')</script>", Case(root, "q1 ").Attribute("name")!.Value, StringComparison.Ordinal);
        Assert.Contains("⟨U+0001⟩⟨U+001B⟩[31m \uFFFD", Case(root, "q1 ").Element("system-out")!.Value, StringComparison.Ordinal);
        Assert.Contains("⟨U+202E⟩", Case(root, "q0 ").Element("error")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_questions_of_one_name_are_two_cases()
    {
        LoadRun run = ReportRun.Of(
            2, change: row => ReportRun.With(row, question: "\u00A0same\n", questionId: row.Index == 1 ? "q" : "q\t"));

        Assert.Equal(["q same", "q same (2)"], Write(run).Elements("testsuite").Last().Elements().Where(part => part.Name == "testcase")
            .Select(one => one.Attribute("name")!.Value));
    }
}
