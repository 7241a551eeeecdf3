import { Tooltip } from 'antd'
import { History } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ValueOrigin } from '../../../shared/api/origins.ts'
import { people, staffOf, ways } from '../../../shared/audit/actor.ts'
import { originKinds } from '../../../shared/origins/kinds.ts'
import { useFormat } from '../../ui/useFormat.ts'
import styles from './EditableFact.module.css'

const isPerson = (id: string): id is keyof typeof people => Object.hasOwn(people, id)
const isWay = (via: string): via is keyof typeof ways => Object.hasOwn(ways, via)

/** Where a value came from and when, in words. */
export function useOriginWords(): (origin: ValueOrigin) => string {
  const { t } = useTranslation('customers')
  const format = useFormat()
  const named = ({ kind, name, journeyName, reference }: ValueOrigin): string => {
    const called = kind === 'person' && isPerson(name) ? format.text(people[name]) : (staffOf(name) ?? name)
    const title = journeyName === null ? called : format.text(journeyName)
    const way = isWay(reference) && kind === 'person' ? format.text(ways[reference]) : ''
    return [format.text(originKinds[kind]), title, way].filter((part) => part !== '').join(' · ')
  }
  return (origin) => {
    const { kind, at, from } = origin
    const when = at === null ? '' : format.time(at, kind === 'unknown' ? 'date' : 'full')
    const said = kind === 'unknown' ? t('origin.unknown', { when }) : `${named(origin)} · ${when}`
    return from === null ? said : t('origin.merged', { said, customer: from })
  }
}

/** A small sign beside a value; hovered, focused or tapped it says where the value came from. */
export function OriginMark({ origin, label }: { origin: ValueOrigin | undefined; label: string }) {
  const { t } = useTranslation('customers')
  const say = useOriginWords()
  if (origin === undefined) return null
  const said = say(origin)
  return (
    <Tooltip title={said} trigger={['hover', 'focus']}>
      <button
        type="button"
        className={styles.origin}
        aria-label={t('origin.label', { name: label, said })}
        data-testid="origin"
      >
        <History size={12} aria-hidden />
      </button>
    </Tooltip>
  )
}
