using Xunit.Abstractions;
using Xunit.Sdk;

namespace GenieLoad.PowerShell.Tests.Processes;

/// <summary>A test that needs an SSH server: on a machine without one it is not there at all, rather than green or skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("GenieLoad.PowerShell.Tests.Processes.SshdFactDiscoverer", "GenieLoad.PowerShell.Tests")]
public sealed class SshdFactAttribute : FactAttribute;

/// <summary>Finds such tests where sshd is installed.</summary>
public sealed class SshdFactDiscoverer(IMessageSink messages) : IXunitTestCaseDiscoverer
{
    /// <inheritdoc/>
    public IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        SshDaemon.Program is null
            ? []
            : [new XunitTestCase(
                messages, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod)];
}
