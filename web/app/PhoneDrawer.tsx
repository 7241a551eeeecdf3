import { Button, Segmented, Select, Tooltip } from 'antd'
import { Info, MessageSquareText, X } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { heldCodes } from '../../shared/api/coupons.ts'
import { type InboxMessage, inboxAnswer } from '../../shared/api/inbox.ts'
import { queryString } from '../api/client.ts'
import { asProblem } from '../api/problem.ts'
import { useApiQuery } from '../api/query.ts'
import { useClock } from '../pages/useClock.ts'
import { Phone } from '../ui/Phone.tsx'
import { ProblemAlert } from '../ui/ProblemAlert.tsx'
import { closePhone, openPhone, type PhoneOwner, phoneDrawer } from '../ui/phoneDrawer.ts'
import { useFormat } from '../ui/useFormat.ts'
import { Conversation } from './Conversation.tsx'
import { EmployeeSide } from './EmployeeSide.tsx'
import styles from './PhoneDrawer.module.css'
import { ReplyBox } from './ReplyBox.tsx'

/** The newest messages that the server lists at once. */
const listed = 200

/** The customers' phone beside the page: what was sent to one of them, or to everyone. */
export function PhoneDrawer() {
  const { t } = useTranslation(['shell', 'common'])
  const { open, owner } = useStore(phoneDrawer)
  return (
    <aside
      className={`${styles.drawer} ${open ? styles.open : ''}`}
      aria-label={t('phone.title')}
      inert={!open}
    >
      <header className={styles.head}>
        <h2>{t('phone.title')}</h2>
        <Tooltip title={t('phone.note')}>
          <Info size={14} className={styles.info} />
        </Tooltip>
        <span className={styles.gap} />
        <Button type="text" aria-label={t('common:close')} icon={<X size={16} />} onClick={closePhone} />
      </header>
      {open ? <PhoneBody owner={owner} /> : null}
    </aside>
  )
}

function PhoneBody({ owner }: { owner: PhoneOwner | null }) {
  const { t } = useTranslation('shell')
  const format = useFormat()
  const clock = useClock().data
  const [side, setSide] = useState<'customer' | 'employee'>('customer')
  const time = clock ? { time: format.time(clock.moving?.at ?? clock.now, 'time') } : {}
  return (
    <div className={styles.body}>
      <Segmented
        block
        value={side}
        onChange={setSide}
        options={[
          { value: 'customer', label: t('phone.customerSide') },
          { value: 'employee', label: t('phone.employeeSide') },
        ]}
      />
      {side === 'employee' ? <EmployeeSide {...time} /> : <CustomerSide owner={owner} {...time} />}
    </div>
  )
}

function CustomerSide({ owner, time }: { owner: PhoneOwner | null; time?: string }) {
  const { t } = useTranslation(['shell', 'common'])
  const inbox = useApiQuery(`/inbox${queryString({ customer: owner?.id })}`, inboxAnswer)
  const coupons = useApiQuery(`/customers/${encodeURIComponent(owner?.id ?? '')}/coupons`, heldCodes, {
    enabled: owner !== null,
  })
  const messages = inbox.data?.messages ?? []
  const screen = useNewestInSight(messages.at(-1)?.id)
  return (
    <>
      <OwnerSelect owner={owner} />
      <Phone
        {...(time === undefined ? {} : { time })}
        title={owner ? (owner.name ?? t('phone.nameless')) : t('phone.everyone')}
        screen={screen}
        footer={<ReplyBox owner={owner} messages={messages} />}
      >
        {inbox.error ? (
          <ProblemAlert problem={asProblem(inbox.error)} onRetry={() => void inbox.refetch()} />
        ) : null}
        {inbox.data && messages.length === 0 ? <NoMessages owner={owner} /> : null}
        {messages.length >= listed ? (
          <p className={styles.limited}>{t('phone.limited', { count: listed })}</p>
        ) : null}
        <Conversation messages={messages} everyone={owner === null} coupons={coupons.data?.codes ?? []} />
      </Phone>
    </>
  )
}

/** Keeps the newest message in sight when one comes. */
function useNewestInSight(newest: string | undefined) {
  const screen = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = screen.current
    if (element && newest !== undefined) element.scrollTop = element.scrollHeight
  }, [newest])
  return screen
}

/** Everyone, or one of those who got a message lately. */
function OwnerSelect({ owner }: { owner: PhoneOwner | null }) {
  const { t } = useTranslation(['shell', 'common'])
  const recent = useApiQuery('/inbox', inboxAnswer).data?.messages
  const owners = useMemo(() => ownersOf(recent ?? [], owner), [recent, owner])
  const options = [
    { value: '', label: t('phone.everyone') },
    ...owners.map(({ id, name }) => ({ value: id, label: `${name ?? t('phone.nameless')} · ${id}` })),
  ]
  return (
    <Select
      aria-label={t('phone.pick')}
      className={styles.select ?? ''}
      showSearch={{ optionFilterProp: 'label' }}
      value={owner?.id ?? ''}
      options={options}
      onChange={(id) => openPhone(owners.find((each) => each.id === id) ?? null)}
    />
  )
}

function ownersOf(messages: readonly InboxMessage[], chosen: PhoneOwner | null): PhoneOwner[] {
  const owners = new Map<string, PhoneOwner>(chosen ? [[chosen.id, chosen]] : [])
  for (const { customerId: id, customerName: name } of messages.toReversed()) {
    if (!owners.has(id)) owners.set(id, { id, name })
  }
  return [...owners.values()]
}

function NoMessages({ owner }: { owner: PhoneOwner | null }) {
  const { t } = useTranslation(['shell', 'common'])
  return (
    <div className={styles.none}>
      <MessageSquareText size={26} strokeWidth={1.5} aria-hidden />
      <strong>{t('phone.emptyTitle')}</strong>
      <p>{owner ? t('phone.emptyCustomer') : t('phone.emptyText')}</p>
    </div>
  )
}
