import { useTranslation } from 'react-i18next'
import { type AuditAction, actions } from '../../../shared/audit/actions.ts'
import { type Actor, actorKinds, people, ways } from '../../../shared/audit/actor.ts'
import { type DetailName, detailNames } from '../../../shared/audit/details.ts'
import { sayName } from '../../../shared/conditions/say.ts'
import { closedWhys, everyChannel } from '../../../shared/message/standing.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { useChannelName } from '../../ui/PhoneMessage.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import type { TimelineEntry } from './story.ts'
import { wayOf } from './ways.ts'

interface Words {
  readonly body: React.ReactNode
  readonly seen: string | null
}

const isAction = (name: string): name is AuditAction => Object.hasOwn(actions, name)
const isDetail = (name: string): name is DetailName => Object.hasOwn(detailNames, name)
const isPerson = (id: string): id is keyof typeof people => Object.hasOwn(people, id)

/** Who changed something, in words. */
export function useActorName(): (actor: Actor) => string {
  const format = useFormat()
  return ({ kind, id, via }) => {
    const called = kind === 'person' && isPerson(id) ? format.text(people[id]) : id
    const name = called === '' ? format.text(actorKinds[kind]) : called
    return `${name} · ${format.text(ways[via])}`
  }
}

/** What was changed of the customer, and by whom. */
export function useChange(): (entry: TimelineEntry) => Words {
  const format = useFormat()
  const { locale } = useLocale()
  const actorName = useActorName()
  const { t } = useTranslation('customers')
  const channelName = useChannelName()
  const worded = (name: string, value: string) => {
    if (name === 'fields') return fields(value)
    if (name === 'channel') return channelName(value)
    return name === 'kind' && (value === 'phone' || value === 'email') ? t(`profile.${value}`) : value
  }
  const fields = (value: string) =>
    value
      .split(', ')
      .map((name) => sayName(name, locale))
      .join(locale === 'en' ? ', ' : '、')
  return (entry) => {
    const details = Object.entries(entry.reason ?? {}).flatMap(([name, value]) => {
      if (value === null || value === '') return []
      const said = worded(name, String(value))
      return [`${isDetail(name) ? format.text(detailNames[name]) : name} ${said}`]
    })
    const actor = 'actor' in entry ? entry.actor : null
    return {
      body: (
        <>
          <strong>{isAction(entry.title) ? format.text(actions[entry.title].words) : entry.title}</strong>
          {actor === null ? null : actorName(actor)}
        </>
      ),
      seen: details.length === 0 ? null : details.join(' · '),
    }
  }
}

/** What an address has agreed to or refused, and by which way that is known. */
export function useConsent(): (entry: TimelineEntry) => Words {
  const { t } = useTranslation('customers')
  const channelName = useChannelName()
  return ({ title, outcome, reason }) => {
    const channel = title === everyChannel ? t('addresses.everyChannel') : channelName(title)
    const why = closedWhys.find((one) => one === reason?.why)
    const said = () => {
      if (outcome === 'closed')
        return t('addresses.closed', { channel, why: why === undefined ? '' : t(`addresses.why.${why}`) })
      if (outcome === 'held') return t('addresses.held', { channel })
      return t(outcome === 'agreed' ? 'addresses.agreed' : 'addresses.declined', { channel })
    }
    const source = typeof reason?.source === 'string' ? t(`addresses.way.${wayOf(reason.source)}`) : null
    return {
      body: <strong>{said()}</strong>,
      seen: [reason?.address, source].filter((one) => typeof one === 'string').join(' · '),
    }
  }
}
