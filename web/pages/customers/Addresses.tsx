import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { type CustomerAddress, customerAddressList } from '../../../shared/api/addresses.ts'
import type { CustomerAnswer } from '../../../shared/api/customers.ts'
import { channelsMeant, everyChannel } from '../../../shared/message/standing.ts'
import { api } from '../../api/client.ts'
import { refresh, useApiQuery } from '../../api/query.ts'
import { When } from '../../ui/figures.tsx'
import { Panel } from '../../ui/Page.tsx'
import { useChannelName } from '../../ui/PhoneMessage.tsx'
import { StatusDot } from '../../ui/StatusDot.tsx'
import { useNotice } from '../../ui/useNotice.tsx'
import styles from './Addresses.module.css'
import { ConsentButton } from './ConsentDialog.tsx'
import type { PartProps } from './panels.tsx'
import { reachOf } from './reach.ts'
import { Contact } from './reveal.tsx'
import { wayOf } from './ways.ts'

type State = CustomerAddress['states'][number]

/** Each address, what it has agreed to or refused, by which way and when. */
export function AddressesPanel({ data: { customer } }: PartProps) {
  const { t } = useTranslation('customers')
  const query = useApiQuery(`/customers/${encodeURIComponent(customer.id)}/addresses`, customerAddressList)
  const addresses = query.data?.addresses ?? []
  if (addresses.length === 0) return null
  return (
    <Panel title={t('addresses.title')}>
      {addresses.map((one) => (
        <Address key={one.ref ?? `${one.kind}:${one.address}`} customer={customer} one={one} />
      ))}
    </Panel>
  )
}

function Address({ customer, one }: Pick<CustomerAnswer, 'customer'> & { one: CustomerAddress }) {
  const { t } = useTranslation('customers')
  const { kind, address, ref: sealed, used, formerAt, verifiedAt, shared, states } = one
  const place = { kind, address: sealed ?? address }
  const asked = kind === 'customer' || formerAt !== null ? [] : channelsMeant(kind, everyChannel)
  /** Of the one in use what the record says counts too. */
  const agrees = (channel: string) =>
    used
      ? reachOf(customer).some((one) => one.channel === channel && one.reach === 'granted')
      : states.find((state) => state.channel === channel)?.consent === true
  const standing = used ? 'used' : formerAt === null ? 'spare' : 'former'
  return (
    <section className={styles.address}>
      <p className={styles.head}>
        <span>
          {kind === 'phone' || kind === 'email' ? (
            <Contact kind={kind} masked={address} sealed={sealed} />
          ) : (
            address
          )}
        </span>
        {kind === 'customer' ? null : <small>{t(`addresses.${standing}`)}</small>}
      </p>
      {verifiedAt === null ? null : (
        <p className={styles.note}>
          {t('addresses.verified')} <When at={verifiedAt} />
        </p>
      )}
      {shared > 0 ? <p className={styles.note}>{t('addresses.shared', { count: shared })}</p> : null}
      {states.map((state) => (
        <Said key={state.channel} state={state} place={{ ...place, channel: state.channel }} />
      ))}
      {asked.length === 0 ? null : (
        <p className={styles.actions}>
          {asked.map((channel) => (
            <ConsentButton
              key={channel}
              customerId={customer.id}
              place={{ ...place, channel }}
              given={!agrees(channel)}
            />
          ))}
        </p>
      )}
    </section>
  )
}

interface Place {
  kind: CustomerAddress['kind']
  address: string
  channel: string
}

/** In which way something was said, and when. */
function Told({ source, at }: { source: string | null; at: number | null }) {
  const { t } = useTranslation('customers')
  const way = t(`addresses.way.${wayOf(source)}`)
  if (at === null) return way
  return (
    <>
      {t('addresses.wayAt', { way })} <When at={at} />
    </>
  )
}

function Said({ state, place }: { state: State; place: Place }) {
  const { t } = useTranslation('customers')
  const name = useChannelName()
  const channel = state.channel === everyChannel ? t('addresses.everyChannel') : name(state.channel)
  const { consent, consentAt, consentSource, consentProof, closedWhy, closedAt, closedSource, note, heldAt } =
    state
  return (
    <div className={styles.said}>
      {closedWhy === null ? null : (
        <>
          <StatusDot tone="bad">
            {t('addresses.closed', { channel, why: t(`addresses.why.${closedWhy}`) })}
          </StatusDot>
          <p className={styles.note}>
            <Told source={closedSource} at={closedAt} />
            {note ? <q>{note}</q> : null}
          </p>
          {closedWhy === 'blacklisted' ? null : <OpenAgain place={place} />}
        </>
      )}
      {heldAt === null ? null : <StatusDot tone="warn">{t('addresses.held', { channel })}</StatusDot>}
      {consent === null ? null : (
        <p className={styles.note}>
          {t(consent ? 'addresses.agreed' : 'addresses.declined', { channel })} ·{' '}
          <Told source={consentSource} at={consentAt} />
          {consentProof ? ` · ${consentProof}` : null}
        </p>
      )}
    </div>
  )
}

/** By a person's word, such as a call in which the customer asked for messages again. */
function OpenAgain({ place }: { place: Place }) {
  const { t } = useTranslation('customers')
  const notice = useNotice()
  const change = async (way: 'open' | 'close') => {
    try {
      await api.post(`/addresses/${way}`, z.unknown(), place)
      return true
    } catch (problem) {
      notice.problem(problem)
      return false
    } finally {
      await refresh('/customers')
    }
  }
  const open = async () => {
    if (await change('open')) notice.undoable(t('addresses.opened'), () => void change('close'))
  }
  return (
    <Button size="small" onClick={() => void open()} data-testid="open-address">
      {t('addresses.open')}
    </Button>
  )
}
