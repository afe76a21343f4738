using System.Text.Json;

namespace GenieLoad.Engine.Simulation.Workspace;

/// <summary>Writes a warehouse in the shape of the SQL Warehouses API.</summary>
internal static class WarehouseWire
{
    public static void Write(Utf8JsonWriter json, string id, string state, int clusters, SimulatorOptions options)
    {
        json.WriteString("id", id);
        json.WriteString("name", "Simulated warehouse");
        json.WriteString("cluster_size", options.WarehouseSize);
        json.WriteNumber("min_num_clusters", 1);
        json.WriteNumber("max_num_clusters", options.WarehouseMaxClusters);
        json.WriteNumber("num_clusters", clusters);
        json.WriteNumber("auto_stop_mins", options.WarehouseAutoStopMinutes);
        json.WriteString("warehouse_type", "PRO");
        json.WriteBoolean("enable_serverless_compute", true);
        json.WriteBoolean("enable_photon", true);
        json.WriteString("state", state);
        json.WriteStartObject("health");
        json.WriteString("status", "HEALTHY");
        json.WriteEndObject();
    }
}
