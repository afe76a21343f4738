// Most of these tests wait for a process or for real time: with two for each processor, none of them is idle.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]
