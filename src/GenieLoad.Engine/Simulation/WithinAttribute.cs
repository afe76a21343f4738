namespace GenieLoad.Engine.Simulation;

/// <summary>The range of a setting; one that may be left out is in it.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal class WithinAttribute(double least, double most) : Attribute
{
    public double Least => least;

    public double Most => most;
}
