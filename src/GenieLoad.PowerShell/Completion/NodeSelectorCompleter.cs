namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes labels of nodes, as a table.</summary>
public sealed class NodeSelectorCompleter() : ExampleCompleter(
    ("@{ 'topology.kubernetes.io/region' = 'westeurope' }", "nodes in a region"),
    ("@{ 'kubernetes.io/arch' = 'amd64' }", "nodes of an architecture"));
