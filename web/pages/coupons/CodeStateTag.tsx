import { Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CodeState } from '../../../shared/api/coupons.ts'

const colours = {
  free: 'default',
  usable: 'processing',
  not_yet: 'default',
  redeemed: 'success',
  expired: 'warning',
} as const satisfies Record<CodeState, string>

/** How a code stands, in a word. */
export function CodeStateTag({ state }: { state: CodeState }) {
  const { t } = useTranslation('coupons')
  return <Tag color={colours[state]}>{t(`states.${state}`)}</Tag>
}
