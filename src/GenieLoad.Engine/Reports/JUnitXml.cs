using System.Globalization;
using System.Text;
using System.Xml;

namespace GenieLoad.Engine.Reports;

/// <summary>Suites as JUnit XML, in the form that Jenkins, GitLab, Azure Pipelines and GitHub's actions read.</summary>
internal static class JUnitXml
{
    private const int LongestText = 4000;

    // No carriage return of a text may be read back as a line break, and no byte order mark: some readers stumble over it.
    private static readonly XmlWriterSettings Settings = new()
    {
        Indent = true, Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), NewLineHandling = NewLineHandling.Entitize,
        CloseOutput = false,
    };

    /// <summary>Writes suites.</summary>
    /// <param name="name">What they are of.</param>
    /// <param name="seconds">How long it took.</param>
    /// <param name="suites">The suites.</param>
    /// <param name="stream">Where to; it stays open.</param>
    public static void Write(string name, double seconds, IReadOnlyCollection<JUnitSuite> suites, Stream stream)
    {
        using XmlWriter xml = XmlWriter.Create(stream, Settings);
        xml.WriteStartElement("testsuites");
        Attribute(xml, "name", name);
        Attribute(xml, "tests", suites.Sum(suite => suite.Cases.Count));
        Attribute(xml, "failures", suites.Sum(suite => suite.Count(JUnitResult.Failure)));
        Attribute(xml, "errors", suites.Sum(suite => suite.Count(JUnitResult.Error)));
        Attribute(xml, "time", seconds);
        foreach (JUnitSuite suite in suites)
            WriteSuite(xml, suite);
        xml.WriteEndElement();
    }

    private static void WriteSuite(XmlWriter xml, JUnitSuite suite)
    {
        xml.WriteStartElement("testsuite");
        Attribute(xml, "name", suite.Name);
        Attribute(xml, "tests", suite.Cases.Count);
        Attribute(xml, "failures", suite.Count(JUnitResult.Failure));
        Attribute(xml, "errors", suite.Count(JUnitResult.Error));
        Attribute(xml, "skipped", suite.Count(JUnitResult.Skipped));
        Attribute(xml, "time", suite.Cases.Sum(one => one.Seconds));
        if (suite.StartedAt is DateTime start)
            Attribute(xml, "timestamp", start.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
        xml.WriteStartElement("properties");
        foreach ((string name, string value) in suite.Properties)
        {
            xml.WriteStartElement("property");
            Attribute(xml, "name", name);
            Attribute(xml, "value", value);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        foreach (JUnitCase one in suite.Cases)
            WriteCase(xml, suite.ClassName, one);
        xml.WriteEndElement();
    }

    private static void WriteCase(XmlWriter xml, string className, JUnitCase one)
    {
        xml.WriteStartElement("testcase");
        Attribute(xml, "name", one.Name);
        Attribute(xml, "classname", className);
        Attribute(xml, "time", one.Seconds);
        if (one.Result != JUnitResult.Passed)
        {
            xml.WriteStartElement(one.Result switch
            {
                JUnitResult.Failure => "failure",
                JUnitResult.Error => "error",
                _ => "skipped",
            });
            Attribute(xml, "message", ReportText.OneLine(one.Message, LongestText));
            if (one.Result != JUnitResult.Skipped)
            {
                Attribute(xml, "type", one.Type ?? "Unknown");
                xml.WriteString(ReportText.Cut(ReportText.Printable(one.Detail ?? one.Message), LongestText));
            }

            xml.WriteEndElement();
        }

        if (one.Output is { Length: > 0 } output)
            xml.WriteElementString("system-out", ReportText.Cut(ReportText.Printable(output), LongestText));
        xml.WriteEndElement();
    }

    private static void Attribute(XmlWriter xml, string name, string value) => xml.WriteAttributeString(name, ReportText.Printable(value));

    private static void Attribute(XmlWriter xml, string name, int value) =>
        xml.WriteAttributeString(name, value.ToString(CultureInfo.InvariantCulture));

    private static void Attribute(XmlWriter xml, string name, double seconds) =>
        xml.WriteAttributeString(name, seconds.ToString("0.000", CultureInfo.InvariantCulture));
}
