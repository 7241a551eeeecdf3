import type { NewCustomer } from '../store/sqlite/seed.ts'
import { demoNewcomers, demoSeed } from './generator/index.ts'

/** Who joins the demo brand after one moment, up to another; the same people however time is cut. */
export function demoNewcomersBetween(after: number, upTo: number): readonly NewCustomer[] {
  return demoNewcomers(demoSeed, after + 1, upTo + 1)
}
