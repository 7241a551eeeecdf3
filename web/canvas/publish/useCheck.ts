import { useEffect } from 'react'
import { check } from '../../../shared/compile/check.ts'
import { useEditor } from '../../nodes/index.ts'
import { setProblems } from '../../store/problems.ts'
import { useCanvas } from '../context.ts'

/** How long drawing must pause before the journey is checked (ms). */
const quiet = 120

/** Keeps the problems up with the document. Moving boxes is checked as well, as it costs less than telling. */
export function useCheck(): void {
  const { document, problems, types } = useCanvas()
  const { now, brand, absentChannels, signature, attributes, names, saved, journeys } = useEditor()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const run = () => {
      const { journey } = document.getState()
      const sending = {
        absentChannels,
        signature,
        caps: brand.caps,
        contents: brand.contents,
        assets: brand.assets,
        coupons: brand.coupons,
        referrals: brand.referrals,
        sms: brand.sms ?? null,
      }
      const known = {
        attributes: attributes ?? undefined,
        names: names ?? undefined,
        audiences: saved ?? undefined,
        hasJourney: journeys === null ? undefined : (id: string) => journeys.some((one) => one.id === id),
      }
      const options = { registry: types, now, zone: brand.zone, publishing: false, ...sending, ...known }
      setProblems(problems, check(journey, options))
    }
    run()
    const stop = document.subscribe(({ journey }, before) => {
      if (journey === before.journey) return
      clearTimeout(timer)
      timer = setTimeout(run, quiet)
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [
    document,
    problems,
    types,
    now,
    brand.zone,
    brand.caps,
    brand.contents,
    brand.assets,
    brand.coupons,
    brand.referrals,
    brand.sms,
    absentChannels,
    signature,
    attributes,
    names,
    saved,
    journeys,
  ])
}
