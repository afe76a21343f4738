using Xunit.Abstractions;
using Xunit.Sdk;

namespace GenieLoad.Engine.Tests.Reports.Html;

/// <summary>A test that needs a browser: on a machine without one it is not there at all, rather than green or skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("GenieLoad.Engine.Tests.Reports.Html.BrowserFactDiscoverer", "GenieLoad.Engine.Tests")]
public sealed class BrowserFactAttribute : FactAttribute;

/// <summary>Finds such tests where Chromium is on the path.</summary>
public sealed class BrowserFactDiscoverer(IMessageSink messages) : IXunitTestCaseDiscoverer
{
    /// <inheritdoc/>
    public IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        HeadlessBrowser.Program is null
            ? []
            : [new XunitTestCase(
                messages, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod)];
}
