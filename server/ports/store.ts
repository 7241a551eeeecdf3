import type { AddressStore } from './addresses.ts'
import type { AssetStore } from './assets.ts'
import type { AudienceStore } from './audiences.ts'
import type { AuditLog } from './audit.ts'
import type { ContentStore } from './contents.ts'
import type { CouponStore } from './coupons.ts'
import type { CustomerStore } from './customers.ts'
import type { DeliveryStore } from './delivery.ts'
import type { ErasureStore } from './erasures.ts'
import type { StoreHealth } from './health.ts'
import type { CallStore } from './idempotency.ts'
import type { ImportStore } from './imports.ts'
import type { JourneyStore } from './journeys.ts'
import type { KeyStore } from './keys.ts'
import type { LinkStore } from './links.ts'
import type { MessageStore } from './messages.ts'
import type { ModelStore } from './models.ts'
import type { PassageStore } from './people.ts'
import type { PersonStore } from './persons.ts'
import type { PickStore } from './picks.ts'
import type { PointStore } from './points.ts'
import type { ProductStore } from './products.ts'
import type { QualityStore } from './quality.ts'
import type { ReceiptStore } from './receipts.ts'
import type { ReferralStore } from './referrals.ts'
import type { SettingsStore } from './settings.ts'
import type { StaffStore } from './staff.ts'
import type { TaskStore } from './tasks.ts'
import type { TrackingStore } from './tracking.ts'
import type { UnreadableStore } from './unreadable-rows.ts'
import type { NightStore } from './upkeep.ts'
import type { WebhookStore } from './webhooks.ts'
import type { WechatStore } from './wechat.ts'
import type { WecomStore } from './wecom.ts'
import type { WecomTagStore } from './wecom-tags.ts'
import type { WayStore } from './wecom-ways.ts'

/** All that is kept of one brand, as whoever works with it sees it. */
export interface BrandStore {
  readonly journeys: JourneyStore
  readonly passages: PassageStore
  readonly customers: CustomerStore
  readonly erasures: ErasureStore
  readonly addresses: AddressStore
  readonly audiences: AudienceStore
  readonly messages: MessageStore
  readonly links: LinkStore
  readonly delivery: DeliveryStore
  readonly imports: ImportStore
  readonly receipts: ReceiptStore
  readonly settings: SettingsStore
  readonly keys: KeyStore
  readonly persons: PersonStore
  readonly products: ProductStore
  readonly picks: PickStore
  readonly contents: ContentStore
  readonly assets: AssetStore
  readonly coupons: CouponStore
  readonly points: PointStore
  readonly referrals: ReferralStore
  readonly audit: AuditLog
  readonly health: StoreHealth
  readonly unreadable: UnreadableStore
  readonly staff: StaffStore
  readonly tasks: TaskStore
  readonly tracking: TrackingStore
  readonly nights: NightStore
  readonly models: ModelStore
  readonly webhooks: WebhookStore
  readonly wechat: WechatStore
  readonly wecom: WecomStore
  readonly wecomWays: WayStore
  readonly wecomTags: WecomTagStore
  readonly calls: CallStore
  readonly quality: QualityStore
}
