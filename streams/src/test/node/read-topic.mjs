// Prints the value of the first record of an Avro topic as JSON, read with Confluent's deserializer for Node.js.
// Usage: node read-topic.mjs BOOTSTRAP_SERVERS REGISTRY_URL TOPIC
import confluent from '@confluentinc/schemaregistry';
import kafkajs from 'kafkajs';

const [bootstrap, registry, topic] = process.argv.slice(2);
const deserializer = new confluent.AvroDeserializer(
  new confluent.SchemaRegistryClient({ baseURLs: [registry] }), confluent.SerdeType.VALUE, {});
const kafka = new kafkajs.Kafka({ brokers: bootstrap.split(','), logLevel: kafkajs.logLevel.ERROR });
const consumer = kafka.consumer({ groupId: `confluent-client-${process.pid}` });

await consumer.connect();
await consumer.subscribe({ topic, fromBeginning: true });
const value = await new Promise((resolve, reject) => {
  setTimeout(() => reject(new Error(`no record in ${topic} for a minute`)), 60_000).unref();
  consumer.run({ eachMessage: async ({ message }) => resolve(message.value) }).catch(reject);
});
console.log(JSON.stringify(await deserializer.deserialize(topic, value)));
await consumer.disconnect();
process.exit(0);
