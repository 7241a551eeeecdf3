import {
  BrainCircuit,
  ChartColumn,
  ContactRound,
  IdCard,
  LayoutTemplate,
  LibraryBig,
  LogOut,
  type LucideIcon,
  MessagesSquare,
  Route,
  Settings2,
  Share2,
  TicketPercent,
  UserRoundCheck,
  UsersRound,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { NavLink, useLocation } from 'react-router'
import type { BrandId } from '../../shared/api/system.ts'
import { taskCount } from '../../shared/api/tasks.ts'
import { useApiQuery } from '../api/query.ts'
import { useSystem } from '../api/system.ts'
import { Logo } from '../ui/Logo.tsx'
import styles from './Rail.module.css'
import { signOutPath } from './SignOut.tsx'
import { UnderWay } from './UnderWay.tsx'

const places = [
  ['journeys', Route],
  ['templates', LayoutTemplate],
  ['contents', LibraryBig],
  ['coupons', TicketPercent],
  ['referrals', Share2],
  ['audiences', UsersRound],
  ['customers', ContactRound],
  ['models', BrainCircuit],
  ['messages', MessagesSquare],
  ['tasks', UserRoundCheck],
  ['staff', IdCard],
  ['reports', ChartColumn],
] as const satisfies readonly (readonly [string, LucideIcon])[]

/** Pages that have no place of their own, by the one that stays lit on them. */
const pagesOf = {
  contents: ['assets'],
  customers: ['fields', 'products', 'quality', 'import', 'do-not-contact'],
  // How messages leave is theirs.
  messages: ['delivery', 'wecom'],
} as const

/** How often it is looked whether somebody is asked for (ms); what happens in the brand tells it sooner. */
const everyMs = 30_000

/** The way to every part of the product. */
export function Rail({ brand }: { brand: BrandId }) {
  const { t } = useTranslation('shell')
  const { login } = useSystem()
  const { pathname } = useLocation()
  const openTasks = useApiQuery('/tasks/count', taskCount, { refetchInterval: everyMs }).data?.open ?? 0
  const isUnder = (place: keyof typeof pagesOf) =>
    pagesOf[place].some((page) => pathname.startsWith(`/${brand}/${page}`))
  return (
    <nav className={styles.rail} aria-label={t('rail.label')}>
      <NavLink
        to={`/${brand}/journeys`}
        className={styles.mark ?? ''}
        aria-label={t('rail.journeys')}
        tabIndex={-1}
      >
        <Logo size={30} />
      </NavLink>
      {places.map(([place, icon]) => (
        <Place
          key={place}
          to={`/${brand}/${place}`}
          label={t(`rail.${place}`)}
          icon={icon}
          here={(place === 'customers' || place === 'contents' || place === 'messages') && isUnder(place)}
          count={place === 'tasks' ? openTasks : 0}
        />
      ))}
      <span className={styles.gap} />
      <UnderWay className={`${styles.place} ${styles.press}`} />
      <Place to={`/${brand}/settings`} label={t('rail.settings')} icon={Settings2} />
      {login ? <Place to={signOutPath} label={t('login.out')} icon={LogOut} /> : null}
    </nav>
  )
}

interface PlaceProps {
  to: string
  label: string
  icon: LucideIcon
  /** Lit although the address is another. */
  here?: boolean
  /** How many things wait there. */
  count?: number
}

function Place({ to, label, icon: Icon, here = false, count = 0 }: PlaceProps) {
  const { t } = useTranslation('shell')
  return (
    <NavLink to={to} className={({ isActive }) => `${styles.place} ${isActive || here ? styles.active : ''}`}>
      <span className={styles.sign}>
        <Icon size={19} strokeWidth={1.7} aria-hidden />
        {count === 0 ? null : (
          <b className={styles.count} title={t('rail.openTasks', { count })} data-testid="open-tasks">
            {count > 99 ? '99+' : count}
          </b>
        )}
      </span>
      <span>{label}</span>
    </NavLink>
  )
}
