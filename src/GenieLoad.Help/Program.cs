using GenieLoad.Help;

if (args is not [var manifest, var pageFolder, var outputFolder])
{
    Console.Error.WriteLine("Usage: GenieLoad.Help <module manifest> <folder of pages> <output folder>");
    return 2;
}

try
{
    HelpBuilder.Build(Path.GetFullPath(manifest), Path.GetFullPath(pageFolder), Path.GetFullPath(outputFolder));
    return 0;
}
catch (PageException exception)
{
    // The form in which MSBuild and editors find the place.
    Console.Error.WriteLine($"{exception.File}({exception.Line}): error HELP: {exception.Message}");
    return 1;
}
