/**
 * The device for React. Each hook gives the same object until what it shows changes, so a tap renders the rows it
 * touched and no others. The shell provides the device; screens use the hooks and nothing else of this folder.
 */
import { createContext, useContext, useSyncExternalStore } from 'react'
import type { Json } from '../../core/canonical.ts'
import type { StoredRecord } from '../../records/envelope.ts'
import type { View } from '../../records/registry.ts'
import type { Entry, RecordState, StateOfPartition } from './cache.ts'
import type { Device, Lost, Status } from './device.ts'

export const DeviceContext = createContext<Device | null>(null)

/** The device of the signed-in person. */
export function useDevice(): Device {
  const device = useContext(DeviceContext)
  if (!device) throw new Error('useDevice outside of a DeviceContext')
  return device
}

/** State of one partition in a view; null = nothing to show. */
export function useView<State extends Json>(view: View<State>, partition: string): State | null {
  return useFromDevice((device) => device.state(view, partition))
}

/** States of all partitions of one parent, by partition key. */
export function useStates<State extends Json>(
  view: View<State>,
  parent: string,
): readonly StateOfPartition<State>[] {
  return useFromDevice((device) => device.statesOf(view, parent))
}

/** Records of one partition in order. */
export function useRecords(partition: string): readonly StoredRecord[] {
  return useFromDevice((device) => device.records(partition))
}

/** Whether one record is saving, kept here, with the team, or needs you. */
export function useRecordState(id: string): RecordState | undefined {
  return useFromDevice((device) => device.stateOf(id))
}

/** What is not with the team, oldest first. */
export function useUnsent(): readonly Entry[] {
  return useFromDevice((device) => device.outbox())
}

export function useSyncStatus(): Status {
  return useFromDevice((device) => device.status())
}

/** The part of the status that a tap does not change, for whoever needs no more of it. */
export function useConnection(): Status['connection'] {
  return useFromDevice((device) => device.status().connection)
}

/** Records that are lost for good, until their person has taken note; null = none. */
export function useLost(): Lost | null {
  return useFromDevice((device) => device.lost())
}

/** A kept document such as `me`, for the caller to parse; undefined = not here. */
export function useValue(name: string): Json | undefined {
  return useFromDevice((device) => device.value(name))
}

export function useFlight(): boolean {
  return useFromDevice((device) => device.isInFlight())
}

/** What `read` says now, rendered again only when its answer is another one: a primitive, or an object that the device keeps. */
export function useFromDevice<T>(read: (device: Device) => T): T {
  const device = useDevice()
  return useSyncExternalStore(device.subscribe, () => read(device))
}
