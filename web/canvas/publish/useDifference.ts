import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Journey } from '../../../shared/journey/graph.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { useCouponName, useJourneyName } from '../../nodes/index.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { useCanvas } from '../context.ts'
import { type SaidDifference, sayDifference } from './changes.ts'

/** The difference of two journeys in words; null while one is not there yet. */
export function useDifference(
  before: Journey | undefined,
  after: Journey | undefined,
): SaidDifference | null {
  const { types, cards } = useCanvas()
  const { locale } = useLocale()
  const { currency } = useFormat()
  const journeyName = useJourneyName()
  const couponName = useCouponName()
  const { t } = useTranslation('difference')
  const { t: nodes } = useTranslation('nodes')
  return useMemo(
    () =>
      before === undefined || after === undefined
        ? null
        : sayDifference(before, after, { locale, currency, journeyName, couponName, types, cards, t, nodes }),
    [before, after, locale, currency, journeyName, couponName, types, cards, t, nodes],
  )
}
