namespace GenieLoad.PowerShell.Tests.Hosting;

/// <summary>
/// Put <c>[Collection(ModuleCollection.Name)]</c> on every class that imports the module: such classes run one after the other, since
/// they share the process's one engine context and the machine's few cores.
/// </summary>
[CollectionDefinition(Name)]
public sealed class ModuleCollection : ICollectionFixture<CleanEnvironment>
{
    public const string Name = "module";
}
