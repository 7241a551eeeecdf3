import type { Base } from '../../ports/base.ts'
import type { BrandStore } from '../../ports/store.ts'
import { assetStore } from './assets/store.ts'
import { audienceStore } from './audiences/store.ts'
import { auditLog } from './audit/store.ts'
import { contentStore } from './contents/store.ts'
import { couponStore } from './coupons/store.ts'
import { addressStore } from './customers/address-store.ts'
import { customerStore } from './customers/store.ts'
import type { BrandDatabase } from './database.ts'
import { deliveryStore } from './delivery/store.ts'
import { passageStore } from './enrollments/passage-store.ts'
import { erasureStore } from './erasure/store.ts'
import { healthOf } from './health.ts'
import { callStore } from './idempotency/store.ts'
import { importStore } from './imports/store.ts'
import { journeyStore } from './journeys/store.ts'
import { keyStore } from './keys/store.ts'
import { linkStore } from './links/store.ts'
import { receiptStore } from './messages/receipt-store.ts'
import { messageStore } from './messages/store.ts'
import { modelStore } from './models/scores.ts'
import { personStore } from './persons/store.ts'
import { pickStore } from './picks/store.ts'
import { pointStore } from './points/store.ts'
import { productStore } from './products/store.ts'
import { qualityStore } from './quality/store.ts'
import { referralStore } from './referrals/store.ts'
import type { Vault } from './secrets/vault.ts'
import { settingsStore } from './settings/store.ts'
import { staffStore } from './staff/store.ts'
import { steadied } from './steady.ts'
import { taskStore } from './tasks/store.ts'
import { trackingStore } from './tracking/store.ts'
import { unreadableStore } from './unreadable/store.ts'
import { nightStore } from './upkeep/store.ts'
import { webhookStore } from './webhooks/store.ts'
import { wechatStore } from './wechat/store.ts'
import { wecomStore } from './wecom/store.ts'
import { wecomTagStore } from './wecom/tags.ts'
import { wayStore } from './wecom/ways.ts'

/** The store of one brand over its SQLite database, the secrets in it, and what answers over everybody. */
export function createBrandStore(db: BrandDatabase, vault: Vault, base: Base): BrandStore {
  return steadied(db.steady, {
    journeys: journeyStore(db, base),
    passages: passageStore(db),
    customers: customerStore(db, base),
    erasures: erasureStore(db),
    addresses: addressStore(db),
    audiences: audienceStore(db, base),
    messages: messageStore(db),
    links: linkStore(db),
    delivery: deliveryStore(db),
    imports: importStore(db),
    receipts: receiptStore(db),
    settings: settingsStore(db, vault),
    keys: keyStore(db),
    persons: personStore(db),
    products: productStore(db),
    picks: pickStore(db),
    contents: contentStore(db),
    assets: assetStore(db),
    coupons: couponStore(db),
    points: pointStore(db),
    referrals: referralStore(db),
    audit: auditLog(db),
    health: healthOf(db),
    unreadable: unreadableStore(db),
    staff: staffStore(db, base),
    tasks: taskStore(db),
    tracking: trackingStore(db),
    nights: nightStore(db),
    models: modelStore(db),
    webhooks: webhookStore(db, vault),
    wechat: wechatStore(db),
    wecom: wecomStore(db),
    wecomWays: wayStore(db),
    wecomTags: wecomTagStore(db),
    calls: callStore(db),
    quality: qualityStore(db, base),
  })
}
