using GenieLoad.Model;

namespace GenieLoad.Engine.Costs;

/// <summary>
/// Records of a bill added up. A retraction is negative and a restatement what holds instead, so that the sum of all is what is billed now.
/// Decimals, not doubles: what was taken back has to be gone to the last digit.
/// </summary>
public static class Bill
{
    /// <summary>
    /// Each record once: a join with several list prices gives it as often. One that has several prices has none that is known.
    /// </summary>
    /// <param name="records">The records as they were read.</param>
    public static IReadOnlyList<BillRecord> Once(IEnumerable<BillRecord> records) =>
        [.. records.GroupBy(record => record with { ListPrice = null, Currency = null }).SelectMany(group => Once(group.Key, [.. group]))];

    private static BillRecord[] Once(BillRecord unpriced, BillRecord[] read) =>
        unpriced.RecordId.Length == 0 ? read
        : read.Distinct().Count() == 1 ? [read[0]]
        : [unpriced];

    /// <summary>The records by hour, product, surface, identity, warehouse, SKU and price, in the order of time.</summary>
    /// <param name="records">The records.</param>
    public static IReadOnlyList<BilledHour> Hours(IEnumerable<BillRecord> records) =>
    [
        .. records.GroupBy(record => (
                record.From, record.To, record.Product, record.Surface, record.Identity, record.WarehouseId, record.SkuName,
                record.ListPrice, record.Currency))
            .OrderBy(group => group.Key.From).ThenBy(group => group.Key.Product, StringComparer.Ordinal)
            .Select(group => new BilledHour
            {
                StartedAt = group.Key.From,
                EndedAt = group.Key.To,
                Product = group.Key.Product,
                Surface = group.Key.Surface,
                Identity = group.Key.Identity,
                WarehouseId = group.Key.WarehouseId,
                SkuName = group.Key.SkuName,
                Dbu = (double)group.Sum(record => record.Dbu),
                ListPrice = (double?)group.Key.ListPrice,
                Currency = group.Key.Currency,
                ListAmount = (double?)(group.Key.ListPrice * group.Sum(record => record.Dbu)),
                RecordCount = group.Count(),
                CorrectionCount = group.Count(record => record.IsCorrection),
            }),
    ];

    /// <summary>DBU of some records; <see langword="null"/> where there is none: that is not 0.</summary>
    /// <param name="records">The records.</param>
    public static double? Dbu(IReadOnlyCollection<BillRecord> records) =>
        records.Count == 0 ? null : (double)records.Sum(record => record.Dbu);

    /// <summary>DBU of some records that have no list price; <see langword="null"/> where all have one.</summary>
    /// <param name="records">The records.</param>
    public static double? UnpricedDbu(IEnumerable<BillRecord> records) => Dbu([.. records.Where(record => record.ListPrice is null)]);

    /// <summary>
    /// Those that have a list price, at that price; <see langword="null"/> where none has one, or they are not of one currency.
    /// </summary>
    /// <param name="records">The records.</param>
    public static double? ListAmount(IEnumerable<BillRecord> records)
    {
        BillRecord[] priced = [.. records.Where(record => record.ListPrice is not null)];
        return priced.DistinctBy(record => record.Currency).Count() == 1
            ? (double?)priced.Sum(record => record.ListPrice * record.Dbu)
            : null;
    }
}
