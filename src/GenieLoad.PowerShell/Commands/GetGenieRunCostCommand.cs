using System.Management.Automation;
using GenieLoad.Engine.Costs;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Sessions;
using GenieLoad.Model;
using GenieLoad.PowerShell.Completion;
using GenieLoad.PowerShell.Connections;
using GenieLoad.PowerShell.Input;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Says what runs cost: from their own records, or from the bill.</summary>
[Cmdlet(VerbsCommon.Get, "GenieRunCost", DefaultParameterSetName = EstimateSet)]
[OutputType(typeof(RunCost), ParameterSetName = [EstimateSet])]
[OutputType(typeof(RunBill), ParameterSetName = [BilledSet])]
public sealed class GetGenieRunCostCommand : ConnectedCmdlet
{
    private const string EstimateSet = "Estimate";
    private const string BilledSet = "Billed";

    /// <summary>The runs.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true,
        HelpMessage = "A run from Invoke-GenieLoadTest or Get-GenieRun; or its id or its folder.")]
    [Alias("Run")]
    [RunReferenceTransformation]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    [ValidateNotNullOrEmpty]
    public LoadRun[] InputObject { get; set; } = [];

    /// <summary>Price of a DBU of Genie.</summary>
    [Parameter(ParameterSetName = EstimateSet, HelpMessage = "Price of a DBU of Genie, in your currency. Default: DBU only.")]
    [ValidateRange(0.0, 1e6)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public double PricePerDbu { get; set; }

    /// <summary>Price of a DBU of the warehouse.</summary>
    [Parameter(ParameterSetName = EstimateSet, HelpMessage = "Price of a DBU of the SQL warehouse, in your currency. Default: DBU only.")]
    [ValidateRange(0.0, 1e6)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public double WarehousePricePerDbu { get; set; }

    /// <summary>Reads the bill.</summary>
    [Parameter(Mandatory = true, ParameterSetName = BilledSet,
        HelpMessage = "Read what was billed from the billing tables, with one statement on the warehouse of -WarehouseId.")]
    public SwitchParameter Billed { get; set; }

    /// <summary>Warehouse that runs the statement.</summary>
    [Parameter(Mandatory = true, ParameterSetName = BilledSet,
        HelpMessage = "Id of the SQL warehouse that runs the statement. It starts if it is stopped, and costs warehouse time.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WarehouseIdCompleter))]
    public string WarehouseId { get; set; } = "";

    /// <summary>Whose questions they were.</summary>
    [Parameter(ParameterSetName = BilledSet,
        HelpMessage = "Who ran the test: application id of a service principal, or e-mail address of a person. Default: the identity of "
            + "the connection.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? Identity { get; set; }

    /// <summary>Connection whose identity reads the bill.</summary>
    [Parameter(ParameterSetName = BilledSet,
        HelpMessage = "Connection to use, or its name: any workspace of the account. Default: the current one.")]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    [ValidateNotNull]
    public Connection? Connection { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (LoadRun run in InputObject)
            Attempt(() => Write(run));
    }

    private void Write(LoadRun run)
    {
        if (!Billed)
        {
            RunCost cost = RunCosts.Of(
                run,
                new CostPrices(
                    Given(nameof(PricePerDbu)) ? PricePerDbu : null, Given(nameof(WarehousePricePerDbu)) ? WarehousePricePerDbu : null),
                WriteWarning);
            WriteObject(cost);
            if (cost.Reason is not null)
                WriteWarning(cost.Reason);
            return;
        }
        RunBilling billing = RunBilling.Of(run, WarehouseId, Identity);
        Connection connection = ConnectedTo(Connection);
        RunBill bill = Run(async (channel, stop) =>
        {
            using GenieApiClient client = OpenClient(connection, GenieClientOptions.WhileSomebodyWaits, channel.Log);
            return await billing.RunAsync(client, stop).ConfigureAwait(false);
        });
        WriteObject(bill);
        foreach (string text in new[] { bill.Moving, bill.Reason }.OfType<string>())
            WriteWarning(text);
    }
}
