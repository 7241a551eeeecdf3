import { Button, Drawer, Skeleton } from 'antd'
import { Smartphone } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { customerAnswer } from '../../../shared/api/customers.ts'
import type { MessageSummary } from '../../../shared/api/messages.ts'
import { smsFaultIn } from '../../../shared/channels/sms/faults.ts'
import { sayWhy } from '../../../shared/picks/pick.ts'
import { useApiQuery } from '../../api/query.ts'
import { useBrand } from '../../api/system.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { Loaded } from '../../ui/Loaded.tsx'
import { PassedOver } from '../../ui/PassedOver.tsx'
import { Phone } from '../../ui/Phone.tsx'
import { PhoneMessage, useChannelName } from '../../ui/PhoneMessage.tsx'
import { openPhone } from '../../ui/phoneDrawer.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { ShownContents } from '../contents/ShownContents.tsx'
import { isErased, useCustomerName } from '../customer-name.ts'
import { useReceiptName } from '../customers/Entries.tsx'
import { Story } from '../customers/Story.tsx'
import { sayGate } from '../customers/story.ts'
import styles from './MessageDrawer.module.css'
import { MilliMoney, Status } from './MessagesTable.tsx'

export interface MessageDrawerProps {
  /** null: closed. */
  message: MessageSummary | null
  onClose: () => void
}

/** One message as the customer reads it, what became of it, and how it came about. */
export function MessageDrawer({ message, onClose }: MessageDrawerProps) {
  const { t } = useTranslation('messages')
  return (
    <Drawer
      open={message !== null}
      size={480}
      title={t('drawer.title')}
      onClose={onClose}
      extra={message && !isErased(message.customerId) ? <PhoneButton message={message} /> : null}
    >
      {message === null ? null : isErased(message.customerId) ? (
        <>
          <p className={styles.quiet}>{t('drawer.erased')}</p>
          <Facts message={message} />
          <Receipts message={message} />
        </>
      ) : (
        <>
          <AsRead message={message} />
          <Facts message={message} />
          <Receipts message={message} />
          <Links message={message} />
          <h3 className={styles.head}>{t('drawer.trace')}</h3>
          <Trace message={message} />
        </>
      )}
    </Drawer>
  )
}

function AsRead({ message }: { message: MessageSummary }) {
  const channel = useChannelName()
  const format = useFormat()
  const { channel: id, subject, text, attachments, sentAt, createdAt } = message
  return (
    <Phone hug title={channel(id)} time={format.time(sentAt ?? createdAt, 'time')}>
      <PhoneMessage channel={id} subject={subject} text={text} attachments={attachments} />
    </Phone>
  )
}

function Facts({ message }: { message: MessageSummary }) {
  const { t } = useTranslation('messages')
  const { t: said } = useTranslation('customers')
  const format = useFormat()
  const path = useBrandPath()
  const nameOf = useCustomerName()
  const { customerId, customerName, journeyId, journeyName, node, nodeName, model, shown } = message
  const { error, channel } = message
  const fault = error === null || channel !== 'sms' ? null : smsFaultIn(error)
  const facts: [string, ReactNode][] = [
    [
      t('drawer.to'),
      <Link key="to" to={path(`customers/${encodeURIComponent(customerId)}`)}>
        {nameOf(customerId, customerName, t('nameless'))}
        {isErased(customerId) ? null : ` · ${customerId}`}
      </Link>,
    ],
    [
      t('drawer.journey'),
      <Link key="journey" to={path(`journeys/${journeyId}`)}>
        {journeyName ? format.text(journeyName) : journeyId} · {nodeName ? format.text(nodeName) : node}
      </Link>,
    ],
    [t('drawer.status'), <Status key="status" message={message} />],
    ...(message.passed.length === 0
      ? []
      : [
          [
            t('drawer.passed'),
            <PassedOver key="passed" passed={message.passed} word={(gate) => sayGate(gate, said)} />,
          ] satisfies [string, ReactNode],
        ]),
    ...(message.error === null
      ? []
      : [
          [
            t('drawer.error'),
            <span key="error" className={styles.error}>
              {message.error}
            </span>,
          ] satisfies [string, ReactNode],
          ...(fault === null
            ? []
            : [
                [
                  t('drawer.mend'),
                  `${format.text(fault.message)}${t('drawer.stop')}${format.text(fault.mend)}`,
                ] satisfies [string, ReactNode],
              ]),
        ]),
    [t('drawer.created'), format.time(message.createdAt, 'full')],
    ...(message.sentAt === null
      ? []
      : [[t('drawer.sent'), format.time(message.sentAt, 'full')] satisfies [string, ReactNode]]),
    [
      t('drawer.writer'),
      model === null ? (
        t('drawer.written')
      ) : (
        <span key="ai" className={styles.ai}>
          ✦ {t('drawer.ai', { model })}
        </span>
      ),
    ],
    ...(shown.contents.length === 0
      ? []
      : [
          [t('drawer.contents'), <ShownContents key="contents" chosen={shown.contents} />] satisfies [
            string,
            ReactNode,
          ],
        ]),
    ...(shown.picked.length === 0
      ? []
      : [
          [t('drawer.picked'), <PickedGoods key="picked" goods={shown.picked} />] satisfies [
            string,
            ReactNode,
          ],
        ]),
    [t('drawer.parts'), t('drawer.partsOf', { count: message.parts })],
    [t('drawer.cost'), <MilliMoney key="cost" milli={message.costMilli} />],
  ]
  return (
    <dl className={styles.facts}>
      {facts.map(([label, value]) => (
        <Fact key={label} label={label}>
          {value}
        </Fact>
      ))}
    </dl>
  )
}

/** The products that the message could show, each with why. */
function PickedGoods({ goods }: { goods: MessageSummary['shown']['picked'] }) {
  const { locale } = useLocale()
  const { t } = useTranslation('customers')
  return (
    <ul className={styles.shown} data-testid="picked-goods">
      {goods.map(({ id, title, why }) => (
        <li key={id}>{t('story.pickedOne', { title, why: sayWhy(why)[locale] })}</li>
      ))}
    </ul>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  )
}

function Receipts({ message: { receipts } }: { message: MessageSummary }) {
  const { t } = useTranslation('messages')
  const name = useReceiptName()
  const format = useFormat()
  return (
    <>
      <h3 className={styles.head}>{t('drawer.receipts')}</h3>
      {receipts.length === 0 ? <p className={styles.quiet}>{t('drawer.noReceipts')}</p> : null}
      <ul className={styles.receipts}>
        {receipts.map(({ kind, at }) => (
          <li key={`${kind} ${at}`}>
            {name(kind)}
            <time>{format.time(at, 'full')}</time>
          </li>
        ))}
      </ul>
    </>
  )
}

/** Where its links lead, and how often they were pressed. */
function Links({ message: { links } }: { message: MessageSummary }) {
  const { t } = useTranslation('messages')
  if (links.length === 0) return null
  return (
    <>
      <h3 className={styles.head}>{t('drawer.links')}</h3>
      <ul className={styles.links} data-testid="message-links">
        {links.map(({ target, clicks, robots }) => (
          <li key={target}>
            <a href={target} target="_blank" rel="noreferrer">
              {target}
            </a>
            <span>
              {t('drawer.clicks', { count: clicks })}
              {robots > 0 ? ` · ${t('drawer.robots', { count: robots })}` : ''}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}

/** The steps that led to the message and followed it, of this journey alone. */
function Trace({ message: { customerId, journeyId } }: { message: MessageSummary }) {
  const { t } = useTranslation('messages')
  const format = useFormat()
  const query = useApiQuery(`/customers/${encodeURIComponent(customerId)}`, customerAnswer)
  return (
    <Loaded query={query} skeleton={<Skeleton active paragraph={{ rows: 4 }} />}>
      {({ timeline, audiences }) => {
        const steps = timeline.filter((entry) => entry.journeyId === journeyId && entry.kind === 'step')
        const named = audiences.map(({ key, name }) => ({ key, name: format.text(name) }))
        if (steps.length === 0) return <p className={styles.quiet}>{t('drawer.noTrace')}</p>
        return <Story timeline={steps} audiences={named} />
      }}
    </Loaded>
  )
}

function PhoneButton({ message: { customerId: id, customerName: name } }: { message: MessageSummary }) {
  const { t } = useTranslation('messages')
  if (!useBrand()?.sandbox) return null
  return (
    <Button size="small" icon={<Smartphone size={14} />} onClick={() => openPhone({ id, name })}>
      {t('drawer.phone')}
    </Button>
  )
}
